import { assertNever } from '../lib/assert-never.ts'
import type { ServerState } from './server-state.ts'
import type { ServerView } from './server-view.ts'

/** What can be asked of a server. */
export type LifecycleCommand = 'start' | 'stop' | 'restart'

/** What a person may ask of a server in its state. */
export interface LifecycleChoices {
  readonly start: boolean
  readonly stop: boolean
  readonly restart: boolean
  /** What one key or one button does: `start` or `stop`; null while it stops. */
  readonly main: 'start' | 'stop' | null
}

/** The choices of a state. Pure. */
export function lifecycleChoices(state: ServerState): LifecycleChoices {
  switch (state.phase) {
    case 'stopped':
    case 'failed':
      return { start: true, stop: false, restart: false, main: 'start' }
    case 'backoff':
      return { start: true, stop: true, restart: false, main: 'start' }
    case 'starting':
    case 'running':
      return { start: false, stop: true, restart: true, main: 'stop' }
    case 'stopping':
      return { start: state.next.do !== 'start', stop: false, restart: false, main: null }
    default:
      return assertNever(state)
  }
}

/** Whether a command for all servers means this one: what cannot be run at all is not started with all others. Pure. */
export function isMeant(
  { state, definition }: Pick<ServerView, 'state' | 'definition'>,
  type: LifecycleCommand,
): boolean {
  if (type === 'start' && ['ws', 'unknown'].includes(definition.transport.type)) return false
  return lifecycleChoices(state)[type]
}
