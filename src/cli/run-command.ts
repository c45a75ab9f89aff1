import { toAppError } from '../shared/contract/rpc-error.ts'
import { describeError } from '../shared/domain/describe-error.ts'
import type { AppError, ErrorCode } from '../shared/domain/errors.ts'
import type { GlobalOptions } from './command-context.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { createTerminal } from './output/terminal.ts'

/** Codes that mean the command itself was wrong, not that it failed. */
const usageErrors: ReadonlySet<ErrorCode> = new Set([
  'invalid_input',
  'ambiguous_name',
  'not_found',
  'secret_not_found',
])

/** Runs one command's action with its options, the global ones included, and turns what becomes of it into an exit code and words. */
export async function runCommand<T extends GlobalOptions>(
  options: T,
  action: (options: T) => Promise<ExitCode>,
): Promise<void> {
  try {
    process.exitCode = await action(options)
  } catch (error) {
    process.exitCode = reportError(toAppError(error), options.json === true)
  }
}

/** Says an error: as one JSON value on stdout under `--json`, and as a sentence on stderr. Answers with the exit code. */
export function reportError(error: AppError, json: boolean): ExitCode {
  const terminal = createTerminal(json)
  const { code, data } = error
  const { title, hint, action } = describeError(code, data)
  if (json) terminal.value({ error: { code, title, hint, action, data } })
  terminal.note(`${title}.`)
  if (hint !== '') terminal.note(hint)
  if (action !== '') terminal.note(action)
  if (code === 'internal' && error.stack !== undefined) terminal.note(error.stack)
  if (code === 'call_cancelled') return exitCode.interrupted
  return usageErrors.has(code) ? exitCode.usage : exitCode.failed
}
