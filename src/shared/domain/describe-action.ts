import { assertNever } from '../lib/assert-never.ts'
import { type Say, sayFrom } from '../lib/say.ts'
import { actionTexts } from './action-texts.ts'
import type { Exceeded, ServerAction } from './automatic-action.ts'
import { describeError, type SayError } from './describe-error.ts'
import { exceededError } from './exceeded-error.ts'

/** Says a text of an action: in English, or in another language from a catalog with the keys of `actionTexts`. */
export type SayAction = Say<typeof actionTexts>

/** An automatic action as a person reads it. */
export interface ActionText {
  /** What was done, or was held back, in a few words without a full stop. */
  readonly title: string
  /** Why, in one or two sentences. */
  readonly reason: string
}

const sayEnglish: SayAction = sayFrom(actionTexts)

/**
 * The one text of every automatic action, for all faces. Pure.
 * @param sayError says the reason of a failure; in English by default.
 */
export function describeAction(
  action: ServerAction,
  say: SayAction = sayEnglish,
  sayError?: SayError,
): ActionText {
  const title = say(`${action.kind}.${action.heldBack ? 'heldBack' : 'done'}`, {})
  const reason = reasonOf(action, say, sayError)
  return {
    title,
    reason: action.heldBack ? `${reason} ${say('why.switchedOff', {})}` : reason,
  }
}

function reasonOf(action: ServerAction, say: SayAction, sayError?: SayError): string {
  const held = action.heldBack ? '.heldBack' : ''
  switch (action.kind) {
    case 'restart': {
      const { cause } = action
      switch (cause.type) {
        case 'failure':
          return say(restartKey(action.heldBack, cause.failures), {
            failures: cause.failures,
            reason: describeError(cause.error.code, cause.error.data, sayError).title,
            delay: timeText(cause.delayMs),
          })
        case 'exit':
          return say(`restart.why.exit${held}`, { delay: timeText(cause.delayMs) })
        case 'ceiling':
          return exceededText(cause.exceeded, sayError)
        default:
          return assertNever(cause)
      }
    }
    case 'park': {
      const { code, data } = action.error
      const reason = describeError(code, data, sayError).title
      return say(`park.why${held}`, { failures: action.failures, reason })
    }
    case 'kill':
      return say('kill.why', {
        waited: timeText(action.waitedMs),
        pids: pidsText(action.pids, say),
      })
    case 'reap':
      return say('reap.why', { pids: pidsText(action.pids, say) })
    case 'idle-stop':
      return say('idle-stop.why', { idle: timeText(action.idleMs) })
    case 'start-on-demand':
      return say(`start-on-demand.why.${action.use}`, {})
    case 'ceiling-warning':
      return exceededText(action.exceeded, sayError)
    default:
      return assertNever(action)
  }
}

function restartKey(isHeldBack: boolean, failures: number) {
  if (isHeldBack) return 'restart.why.failure.heldBack'
  return failures === 1 ? 'restart.why.failure' : 'restart.why.failures'
}

function exceededText(exceeded: Exceeded, sayError?: SayError): string {
  const { code, data } = exceededError(exceeded)
  return `${describeError(code, data, sayError).title}.`
}

function pidsText(pids: readonly number[], say: SayAction): string {
  return say(pids.length === 1 ? 'pid.one' : 'pid.other', { pids: pids.join(', ') })
}

function timeText(ms: number): string {
  if (ms < 60_000) return `${Math.round(ms / 100) / 10} s`
  return ms < 3_600_000
    ? `${Math.round(ms / 6_000) / 10} min`
    : `${Math.round(ms / 360_000) / 10} h`
}
