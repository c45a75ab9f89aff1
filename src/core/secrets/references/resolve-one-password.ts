import { AppError } from '../../../shared/domain/errors.ts'
import { diskFinder } from '../../servers/disk-finder.ts'
import { resolveCommand } from '../../servers/resolve-command.ts'
import { runBounded } from '../../servers/run-bounded.ts'
import { failureOfRun } from './failure-of-run.ts'
import type { ReferenceLaunch, ReferenceOf } from './resolve-external.ts'
import { valueOfOutput } from './value-of-output.ts'

/** 1Password may ask the person for a fingerprint or a password first, in milliseconds. */
const timeoutMs = 60_000

/**
 * Reads a field by 1Password's command line (`op read --no-newline`), as the person has signed in with it. Throws
 * `reference_unresolved`, also where `op` is not installed.
 */
export async function resolveOnePassword(
  { text }: ReferenceOf<'op'>,
  { env }: Pick<ReferenceLaunch, 'env'>,
  { homeDir, signal }: { readonly homeDir: string; readonly signal: AbortSignal },
): Promise<string> {
  const data = { reference: text, onePassword: 'op' }
  const found = findOp(['read', '--no-newline', text], env, homeDir, data)
  const run = runBounded({ ...found, env, cwd: homeDir, timeoutMs, signal })
  const outcome = await run.catch((error: unknown) => {
    throw failureOfRun(error, data, signal)
  })
  if (outcome.exit?.code !== 0) throw failureOfRun(outcome, data, signal)
  return valueOfOutput(outcome.stdout, data)
}

function findOp(
  words: readonly string[],
  env: ReferenceLaunch['env'],
  cwd: string,
  data: { readonly reference: string; readonly onePassword: string },
) {
  try {
    return resolveCommand('op', words, env, cwd, diskFinder)
  } catch (error) {
    throw new AppError('reference_unresolved', { ...data, reason: 'op_missing' }, { cause: error })
  }
}
