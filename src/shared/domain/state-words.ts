import { assertNever } from '../lib/assert-never.ts'
import { type Say, sayFrom } from '../lib/say.ts'
import { describeError, type SayError } from './describe-error.ts'
import type { ErrorInfo } from './errors.ts'
import { exceededError } from './exceeded-error.ts'
import { neededFromPerson } from './needed-from-person.ts'
import type { ServerView } from './server-view.ts'
import { stateTexts } from './state-texts.ts'

/** Says a text of a state: in English, or in another language from a catalog with the keys of `stateTexts`. */
export type SayState = Say<typeof stateTexts>

const sayEnglish: SayState = sayFrom(stateTexts)

/**
 * A server's state as a person reads it, in the words of the state table (docs/architecture.md): what it does, how long
 * for, and why.
 * @param now milliseconds since the Unix epoch.
 * @param sayError says the reason of a failure; in English by default.
 */
export function stateWords(
  server: Pick<ServerView, 'definition' | 'state' | 'stats'>,
  now: number,
  say: SayState = sayEnglish,
  sayError?: SayError,
): string {
  const { state, definition, stats } = server
  const secondsSince = (from: number) => Math.max(0, Math.round((now - from) / 1000))
  const reasonOf = ({ code, data }: ErrorInfo) => describeError(code, data, sayError).title
  switch (state.phase) {
    case 'stopped':
      // One that was started for this run only waits for its use whatever the switch says.
      return say(
        definition.enabled || state.reason === 'idle' ? `stopped.${state.reason}` : 'stopped.off',
        {},
      )
    case 'starting': {
      const { attempt } = state
      const step = say(`step.${state.step}`, {})
      const seconds = secondsSince(state.since)
      return attempt > 1
        ? say('starting.again', { step, seconds, attempt })
        : say('starting.first', { step, seconds })
    }
    case 'running':
      if (stats.exceeded !== null && state.health !== 'unresponsive') {
        return say('running.aboveCeiling', { reason: reasonOf(exceededError(stats.exceeded)) })
      }
      return state.health === 'degraded' && stats.roundTripMs !== null
        ? say('running.degraded.measured', { ms: Math.round(stats.roundTripMs) })
        : say(`running.${state.health}`, {})
    case 'stopping': {
      const step = say(`step.${state.step}`, {})
      return say('stopping.now', { step, seconds: secondsSince(state.since) })
    }
    case 'backoff': {
      const seconds = Math.max(0, Math.ceil((state.retryAt - now) / 1000))
      return say('backoff.now', { seconds, reason: reasonOf(state.error) })
    }
    case 'failed': {
      const needed = neededFromPerson(state.error.code) ?? 'other'
      return needed === 'signIn'
        ? say('failed.signIn', {})
        : say(`failed.${needed}`, { reason: reasonOf(state.error) })
    }
    default:
      return assertNever(state)
  }
}
