import { describeError } from '../../shared/domain/describe-error.ts'
import type { ErrorInfo } from '../../shared/domain/errors.ts'
import type { LogLevel } from '../../shared/domain/log-line.ts'
import type { ServerState } from '../../shared/domain/server-state.ts'
import { assertNever } from '../../shared/lib/assert-never.ts'

/**
 * What the log says of a server that has come to a phase; null for the phases on the way, whose steps have lines of their
 * own. Pure.
 * @param now milliseconds since the Unix epoch.
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
      const seconds = ((state.retryAt - now) / 1000).toFixed(1)
      return {
        level: 'warn',
        text: `Failure ${state.failures} in a row: ${titleOf(state.error)}. Next attempt in ${seconds} s.`,
      }
    }
    case 'failed':
      return { level: 'error', text: `Failed: ${titleOf(state.error)}. It waits for you.` }
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

function titleOf({ code, data }: ErrorInfo): string {
  return describeError(code, data).title
}
