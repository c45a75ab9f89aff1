import type { ServerAction } from '../../shared/domain/automatic-action.ts'
import { describeAction } from '../../shared/domain/describe-action.ts'
import { describeError } from '../../shared/domain/describe-error.ts'
import type { ErrorInfo } from '../../shared/domain/errors.ts'
import type { LogLevel } from '../../shared/domain/log-line.ts'
import type { ServerState } from '../../shared/domain/server-state.ts'
import { assertNever } from '../../shared/lib/assert-never.ts'
import { isExitWithZero } from './failure-policy.ts'

/**
 * What the log says of a server that has come to a phase; null for the phases on the way, whose steps have lines of their
 * own. A failure is said in the words of the automatic action that follows it. Pure.
 * @param now when it came to it, in milliseconds since the Unix epoch.
 */
export function phaseLine(
  state: ServerState,
  now: number,
): { readonly level: LogLevel; readonly text: string } | null {
  switch (state.phase) {
    case 'running': {
      const { serverName, serverVersion, version, handshakeMs } = state.protocol
      return {
        level: 'info',
        text: `Running: ${serverName} ${serverVersion}, protocol ${version}, handshake ${handshakeMs} ms.`,
      }
    }
    case 'backoff': {
      const { error, failures } = state
      const delayMs = state.retryAt - now
      const cause = isExitWithZero(error)
        ? ({ type: 'exit', delayMs } as const)
        : ({ type: 'failure', error, failures, delayMs } as const)
      return { level: 'warn', text: reasonOf({ kind: 'restart', heldBack: false, cause }) }
    }
    case 'failed': {
      const { error, failures } = state
      return {
        level: 'error',
        text:
          failures > 1
            ? reasonOf({ kind: 'park', heldBack: false, error, failures })
            : `Failed: ${titleOf(error)}. It waits for you.`,
      }
    }
    case 'stopped':
      return { level: 'info', text: stoppedTexts[state.reason] }
    case 'starting':
    case 'stopping':
      return null
    default:
      return assertNever(state)
  }
}

const stoppedTexts = {
  new: 'Stopped.',
  user: 'Stopped.',
  exited: 'It ended by itself, and that was no failure.',
  idle: 'Idle: it starts at its next use.',
} as const

function reasonOf(action: ServerAction): string {
  return describeAction(action).reason
}

function titleOf({ code, data }: ErrorInfo): string {
  return describeError(code, data).title
}
