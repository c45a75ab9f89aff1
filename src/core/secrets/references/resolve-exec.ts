import { AppError } from '../../../shared/domain/errors.ts'
import { runBounded } from '../../servers/run-bounded.ts'
import { shellCommand } from '../../servers/shell-command.ts'
import { failureOfRun } from './failure-of-run.ts'
import type { ExternalServices, ReferenceLaunch, ReferenceOf } from './resolve-external.ts'
import { valueOfOutput } from './value-of-output.ts'

/** A password manager may ask the person first, in milliseconds. */
const timeoutMs = 60_000

/**
 * What a command line of the system's shell prints. What it prints on stderr goes nowhere: it may hold the secret. Throws
 * `command_not_allowed` for one that nobody allowed for this server letter by letter, else `reference_unresolved`.
 */
export async function resolveExec(
  { text, command }: ReferenceOf<'exec'>,
  { definition, env }: Pick<ReferenceLaunch, 'definition' | 'env'>,
  services: Pick<ExternalServices, 'isCommandAllowed' | 'homeDir' | 'signal'>,
): Promise<string> {
  const { homeDir, signal } = services
  if (!services.isCommandAllowed(definition.id, command)) {
    throw new AppError('command_not_allowed', { command, name: definition.name })
  }
  const data = { reference: text }
  const run = runBounded({
    ...shellCommand(command),
    env: { ...env },
    cwd: homeDir,
    timeoutMs,
    signal,
  })
  const outcome = await run.catch((error: unknown) => {
    throw failureOfRun(error, data, signal)
  })
  if (outcome.exit?.code !== 0) throw failureOfRun({ ...outcome, stderr: '' }, data, signal)
  return valueOfOutput(outcome.stdout, data)
}
