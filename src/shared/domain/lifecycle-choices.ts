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
  /** To kill what does not end: only while it stops. */
  readonly kill: boolean
  /** What one key or one button does: `start` or `stop`; null while it stops. */
  readonly main: 'start' | 'stop' | null
}

const none: LifecycleChoices = {
  start: false,
  stop: false,
  restart: false,
  kill: false,
  main: null,
}

/** The choices of a state. Pure. */
export function lifecycleChoices(state: ServerState): LifecycleChoices {
  switch (state.phase) {
    case 'stopped':
      // To stop one that waits for its use means that no use starts it any more.
      return { ...none, start: true, stop: state.reason === 'idle', main: 'start' }
    case 'failed':
      return { ...none, start: true, main: 'start' }
    case 'backoff':
      return { ...none, start: true, stop: true, main: 'start' }
    case 'starting':
    case 'running':
      return { ...none, stop: true, restart: true, main: 'stop' }
    case 'stopping':
      return { ...none, start: state.next.do !== 'start', kill: true }
    default:
      return assertNever(state)
  }
}

/**
 * Whether a command for all servers means this one: what cannot be run at all, or waits for its use, is not started with all
 * others. Pure.
 */
export function isMeant(
  { state, definition }: Pick<ServerView, 'state' | 'definition'>,
  type: LifecycleCommand,
): boolean {
  if (type === 'start' && ['ws', 'unknown'].includes(definition.transport.type)) return false
  if (state.phase === 'stopped' && state.reason === 'idle') return false
  return lifecycleChoices(state)[type]
}
