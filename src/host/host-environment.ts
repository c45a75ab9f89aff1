import { homedir } from 'node:os'
import { destination, pino } from 'pino'
import { createRedactor } from '../core/secrets/redaction.ts'
import { takeVaultKey, vaultKeyVariable } from '../core/secrets/vault-key.ts'
import { resolveDataPaths } from './data-dir.ts'
import type { HostOptions } from './host-options.ts'
import { prepareHostLog } from './prepare-host-log.ts'
import { wipeFirstEnvironment } from './wipe-first-environment.ts'

/**
 * Reads this process's environment: where the data is, and the key of the vault, which is removed from the environment at
 * once, also from what the system shows of it. Throws `invalid_input` for a key that is too short, or `file_unreadable` for one that is in a file.
 * @param toFile writes the host's own log to its file instead of to stderr, for a host without a terminal.
 */
export function createHostOptions(env: NodeJS.ProcessEnv, toFile: boolean): HostOptions {
  const hadKey = (env[vaultKeyVariable] ?? '') !== ''
  const vaultKey = takeVaultKey(env)
  if (hadKey) wipeFirstEnvironment(vaultKeyVariable)
  const redactor = createRedactor()
  // The last door: whatever an error or a library puts into a line.
  const hooks = { streamWrite: (line: string) => redactor.redact(line) }
  const paths = resolveDataPaths(env)
  if (toFile) prepareHostLog(paths.hostLog)
  const logger = toFile
    ? pino({ level: 'info', hooks }, destination({ dest: paths.hostLog, mode: 0o600, sync: true }))
    : pino(
        { level: env['MCP_MANAGER_LOG'] ?? 'error', hooks },
        destination({ dest: 2, sync: true }),
      )
  return { paths, env, homeDir: homedir(), vaultKey, redactor, logger }
}
