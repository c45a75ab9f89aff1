import { assertNever } from '../lib/assert-never.ts'
import { describeError } from './describe-error.ts'
import type { ErrorInfo } from './errors.ts'
import type { ServerView } from './server-view.ts'

/**
 * A server's state as a person reads it, in the words of the state table (docs/architecture.md): what it does, how long
 * for, and why.
 * @param now milliseconds since the Unix epoch.
 */
export function stateWords(
  server: Pick<ServerView, 'definition' | 'state' | 'stats'>,
  now: number,
): string {
  const { state, definition } = server
  const seconds = (from: number) => Math.max(0, Math.round((now - from) / 1000))
  switch (state.phase) {
    case 'stopped':
      if (!definition.enabled) return 'Off'
      return state.reason === 'user' ? 'Stopped by you, starts at next launch' : 'Stopped'
    case 'starting':
      return `Starting, ${startStepWords[state.step]}, ${seconds(state.since)} s${state.attempt > 1 ? `, attempt ${state.attempt}` : ''}`
    case 'running':
      switch (state.health) {
        case 'ok':
          return 'Running'
        case 'degraded':
          return server.stats.roundTripMs === null
            ? 'Slow'
            : `Slow, ${Math.round(server.stats.roundTripMs)} ms`
        case 'unresponsive':
          return 'Not answering'
        default:
          return assertNever(state.health)
      }
    case 'stopping':
      return `Stopping, ${stopStepWords[state.step]}, ${seconds(state.since)} s`
    case 'backoff':
      return `Retry in ${Math.max(0, Math.ceil((state.retryAt - now) / 1000))} s: ${reason(state.error)}`
    case 'failed':
      return state.error.code === 'auth_required'
        ? 'Sign-in needed'
        : `Failed: ${reason(state.error)}`
    default:
      return assertNever(state)
  }
}

const startStepWords = {
  queue: 'waiting for its turn',
  resolve: 'reading its configuration',
  spawn: 'starting the process',
  handshake: 'handshake',
} as const

const stopStepWords = {
  stdin: 'asked to end',
  term: 'told to end',
  kill: 'killing what is left',
} as const

function reason(error: ErrorInfo): string {
  return describeError(error.code, error.data).title
}
