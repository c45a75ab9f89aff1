import type { ErrorCode, ErrorInfo } from '../../../shared/domain/errors.ts'
import type { TransportType } from '../../../shared/domain/server-definition.ts'

/** The steps of a start as a person reads them. A remote server has no directory, no command and no process. */
export type CheckStep = 'config' | 'directory' | 'resolve' | 'spawn' | 'connect' | 'handshake'

/** One step of a start that failed: passed, the one that failed, or not reached. */
export interface Check {
  readonly step: CheckStep
  readonly outcome: 'passed' | 'failed' | 'unreached'
}

const localSteps = ['config', 'directory', 'resolve', 'spawn', 'handshake'] as const
const remoteSteps = ['config', 'connect', 'handshake'] as const

/**
 * How far a start came that ended with this error; null where the error says nothing of a start: the server ran, and ended or
 * stopped answering. Pure.
 * @param hasRun whether the server has shaken hands in this run of the host.
 */
export function startChecklist(
  error: ErrorInfo,
  transport: TransportType,
  hasRun: boolean,
): readonly Check[] | null {
  const failed = failedStep(error.code, transport === 'stdio', hasRun)
  if (failed === null) return null
  const steps: readonly CheckStep[] = transport === 'stdio' ? localSteps : remoteSteps
  const at = steps.indexOf(failed)
  return steps.map((step, index) => ({
    step,
    outcome: index < at ? 'passed' : index === at ? 'failed' : 'unreached',
  }))
}

/** Variables and secrets come first, then the directory, then the command (core/servers/resolve-launch.ts). */
function failedStep(code: ErrorCode, isLocal: boolean, hasRun: boolean): CheckStep | null {
  switch (code) {
    case 'config_invalid':
    case 'not_runnable':
    case 'variable_unset':
    case 'input_missing':
    case 'secret_missing':
    case 'vault_locked':
    case 'vault_unavailable':
      return 'config'
    case 'directory_not_found':
      return isLocal ? 'directory' : null
    case 'command_not_found':
    case 'permission_denied':
      return isLocal ? 'resolve' : null
    case 'spawn_failed':
      return isLocal ? 'spawn' : null
    case 'unreachable':
      return isLocal ? null : 'connect'
    case 'auth_required':
    case 'handshake_timeout':
    case 'handshake_failed':
      return 'handshake'
    case 'exited':
    case 'protocol_error':
      // After a handshake it may have ended while it ran: the error alone does not tell.
      return hasRun ? null : 'handshake'
    default:
      return null
  }
}
