import * as z from 'zod'
import { AppError } from '../../shared/domain/errors.ts'
import { secretNameSchema } from '../../shared/domain/ids.ts'
import type { ServerDefinition } from '../../shared/domain/server-definition.ts'
import type { Environment } from './login-shell-env.ts'
import { runBounded } from './run-bounded.ts'
import { shellCommand } from './shell-command.ts'

/** How long a `headersHelper` may take, in milliseconds. */
const helperTimeoutMs = 10_000
const helperFailed = 'Its headersHelper failed. Run it in a terminal to see why.'

/** Runs a `headersHelper` and answers with the headers that it prints as a JSON object. Throws `config_invalid`; rejects when `signal` aborts. */
export async function runHeadersHelper(
  command: string,
  env: Environment,
  cwd: string,
  definition: ServerDefinition,
  signal: AbortSignal,
): Promise<Environment> {
  // A command line in the person's own configuration, run as Claude Code runs it, and only for a server that is switched on.
  const { exit, stdout } = await runBounded({
    ...shellCommand(command),
    env: { ...env, CLAUDE_CODE_MCP_SERVER_NAME: definition.name },
    cwd,
    timeoutMs: helperTimeoutMs,
    signal,
  }).catch((error: unknown) => {
    if (signal.aborted) throw signal.reason
    throw new AppError('config_invalid', { reason: helperFailed }, { cause: error })
  })
  if (exit?.code !== 0) throw new AppError('config_invalid', { reason: helperFailed })
  const parsed = z.record(z.string(), z.string()).safeParse(parseJsonOrNull(stdout))
  if (!parsed.success) {
    throw new AppError('config_invalid', {
      reason: 'Its headersHelper printed something that is not a JSON object of texts.',
    })
  }
  return parsed.data
}

/** What a helper prints is a credential that no vault knows, so it is redacted too; after a scheme, as `Bearer`, also alone. */
export function registerHelperValues(
  definition: ServerDefinition,
  headers: Environment,
  onSecret: (name: string, value: string) => void,
): void {
  for (const [header, value] of Object.entries(headers)) {
    for (const [part, text] of [
      ['', value],
      ['.credentials', /^\S+\s+(.+)$/.exec(value)?.[1]],
    ] as const) {
      const slug = header.toLowerCase().replace(/[^a-z0-9._-]+/g, '-')
      const key = `helper.${definition.id.toLowerCase()}.${slug}`.slice(0, 110)
      const name = secretNameSchema.safeParse(`${key}${part}`)
      if (name.success && text !== undefined) onSecret(name.data, text)
    }
  }
}

function parseJsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The caller says what it is not.
    return null
  }
}
