import type { ParseKeys } from 'i18next'
import type { ErrorInfo } from '../../../shared/domain/errors.ts'
import { exceededError } from '../../../shared/domain/exceeded-error.ts'
import { neededFromPerson } from '../../../shared/domain/needed-from-person.ts'
import type { ServerState } from '../../../shared/domain/server-state.ts'
import type { ServerView } from '../../../shared/domain/server-view.ts'
import { assertNever } from '../../../shared/lib/assert-never.ts'
import { backoffMs } from '../../../shared/lib/backoff.ts'
import type { SwitchFact } from '../../ui/server-switch.tsx'
import type { GlyphName } from '../../ui/state-glyph.tsx'
import type { Tone } from '../../ui/tone.ts'

/** A text of the catalog `servers` with its values. */
export interface Words {
  readonly key: Extract<ParseKeys<'servers'>, `state.${string}`>
  readonly values?: Readonly<Record<string, string | number>>
}

/** How a server is shown, everywhere. */
export interface ServerLook {
  readonly tone: Tone
  readonly glyph: Exclude<GlyphName, 'held' | 'denied'>
  /** The share of the wait for a retry that is left, 0 to 1. */
  readonly left: number | null
  readonly word: Words
  /** What stands beside the word: a step, or a figure. */
  readonly detail: Words | null
  /** Why it does not run, or did not run before this try, or is above its ceiling; described by its code. */
  readonly error: ErrorInfo | null
  readonly fact: SwitchFact
  /** Broken, and a person would want to know: it belongs to the attention strip. */
  readonly needsAttention: boolean
}

/** The waits between two tries at their longest (docs/architecture.md, "The lifecycle of a server"). */
const longestRetry = { baseMs: 1_000, capMs: 30_000, jitter: 0.2 }

/**
 * How a server looks in its state. Pure.
 * @param now milliseconds since the Unix epoch.
 */
export function lookOf(
  { state, stats, definition }: Pick<ServerView, 'definition' | 'state' | 'stats'>,
  now: number,
): ServerLook {
  const rest = { left: null, detail: null, error: null, needsAttention: false } as const
  switch (state.phase) {
    case 'stopped':
      return { ...rest, tone: 'off', ...stoppedLook(state.reason, definition.enabled), fact: 'off' }
    case 'starting': {
      const seconds = Math.max(0, (now - state.since) / 1000)
      return {
        ...rest,
        tone: 'busy',
        glyph: startGlyphs[state.step],
        word: { key: 'state.starting' },
        detail: { key: `state.step.${state.step}`, values: { seconds: seconds.toFixed(1) } },
        fact: 'pending',
        // Another try after a failure: it stays where broken servers are, so that nothing jumps while it tries.
        error: state.attempt > 1 ? (stats.lastError?.error ?? null) : null,
        needsAttention: state.attempt > 1,
      }
    }
    case 'running':
      if (stats.exceeded !== null && state.health !== 'unresponsive') {
        return {
          ...rest,
          tone: 'wait',
          glyph: 'heavy',
          word: { key: 'state.aboveCeiling' },
          error: exceededError(stats.exceeded),
          fact: 'on',
          needsAttention: true,
        }
      }
      switch (state.health) {
        case 'ok':
          return {
            ...rest,
            tone: 'ok',
            glyph: 'running',
            word: { key: 'state.running' },
            fact: 'on',
          }
        case 'degraded':
          return {
            ...rest,
            tone: 'wait',
            glyph: 'slow',
            word: { key: 'state.slow' },
            detail:
              stats.roundTripMs === null
                ? null
                : {
                    key: 'state.roundTrip',
                    values: { seconds: (stats.roundTripMs / 1000).toFixed(1) },
                  },
            fact: 'on',
          }
        case 'unresponsive':
          return {
            ...rest,
            tone: 'wait',
            glyph: 'silent',
            word: { key: 'state.silent' },
            fact: 'on',
            needsAttention: true,
          }
        default:
          return assertNever(state.health)
      }
    case 'stopping':
      return {
        ...rest,
        // It does not end, and only a person may have it killed.
        tone: state.step === 'held' ? 'you' : 'busy',
        glyph: 'stopping',
        word: { key: 'state.stopping' },
        detail: { key: `state.stop.${state.step}` },
        fact: 'leaving',
        error: state.next.do === 'fail' ? state.next.error : null,
        needsAttention: state.next.do === 'fail' || state.step === 'held',
      }
    case 'backoff': {
      const leftMs = Math.max(0, state.retryAt - now)
      return {
        ...rest,
        tone: 'wait',
        glyph: 'retry',
        left: Math.min(1, leftMs / backoffMs(longestRetry, state.failures, 1)),
        word: { key: 'state.retry', values: { seconds: Math.ceil(leftMs / 1000) } },
        error: state.error,
        fact: 'off',
        needsAttention: true,
      }
    }
    case 'failed':
      return {
        ...rest,
        ...failedLooks[neededFromPerson(state.error.code) ?? 'broken'],
        error: state.error,
        fact: 'off',
        needsAttention: true,
      }
    default:
      return assertNever(state)
  }
}

function stoppedLook(
  reason: Extract<ServerState, { phase: 'stopped' }>['reason'],
  isEnabled: boolean,
): Pick<ServerLook, 'glyph' | 'word' | 'detail'> {
  switch (reason) {
    case 'idle':
      return { glyph: 'idle', word: { key: 'state.idle' }, detail: { key: 'state.startsAtUse' } }
    case 'exited':
      return {
        glyph: 'stopped',
        word: { key: 'state.exited' },
        detail: { key: 'state.endedWell' },
      }
    case 'new':
    case 'user':
      return {
        glyph: 'stopped',
        word: { key: 'state.stopped' },
        detail: isEnabled ? { key: 'state.startsLater' } : null,
      }
    default:
      return assertNever(reason)
  }
}

/** One that waits for a person is not broken. */
const failedLooks = {
  signIn: { tone: 'you', glyph: 'signin', word: { key: 'state.signin' } },
  vault: { tone: 'you', glyph: 'locked', word: { key: 'state.vault' } },
  consent: { tone: 'you', glyph: 'asks', word: { key: 'state.consent' } },
  value: { tone: 'you', glyph: 'asks', word: { key: 'state.value' } },
  broken: { tone: 'bad', glyph: 'failed', word: { key: 'state.failed' } },
} as const

const startGlyphs = {
  queue: 'starting-0',
  resolve: 'starting-0',
  spawn: 'starting-1',
  handshake: 'starting-2',
} as const
