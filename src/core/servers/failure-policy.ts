import type { ServerAction } from '../../shared/domain/automatic-action.ts'
import type { ErrorInfo } from '../../shared/domain/errors.ts'
import { backoffMs } from '../../shared/lib/backoff.ts'
import type { ServerEffect, Transition, TransitionContext } from './server-event.ts'

/** The failure in a row at which a server is parked in `failed`. */
export const maxFailures = 5

/** One failure of a launch. */
export interface Failure {
  readonly generation: number
  /** Failures in a row before it. */
  readonly before: number
  readonly error: ErrorInfo
  /** Whether another try may mend it. */
  readonly retryable: boolean
}

/**
 * What follows a failure: another try after a wait, or `failed`, where a server waits for a person, because no try can mend
 * it, its policy or a switch forbids one, or it fails again and again. Pure.
 */
export function afterFailure(
  { generation, before, error, retryable }: Failure,
  context: TransitionContext,
): Transition {
  const { automation, policy, timing } = context
  // One that does not count is still a failure: there is something to wait for.
  const failures = Math.max(1, context.countsFailures ? before + 1 : before)
  const wait = (actions: readonly ServerAction[]): Transition => ({
    state: { phase: 'failed', generation, error, failures, at: context.now },
    effects: actions.map(note),
  })
  if (!retryable || policy.restart === 'never') return wait([])
  const delayMs = backoffMs(timing.retry, failures, context.random)
  const cause = isExitWithZero(error)
    ? ({ type: 'exit', delayMs } as const)
    : ({ type: 'failure', error, failures, delayMs } as const)
  if (!automation.restart) return wait([{ kind: 'restart', heldBack: true, cause }])
  const isLoop = failures >= maxFailures && context.countsFailures
  if (isLoop && automation.park) return wait([{ kind: 'park', heldBack: false, error, failures }])
  const actions: readonly ServerAction[] = [
    // Once for a loop, not at each turn of it.
    ...(isLoop && failures === maxFailures
      ? [{ kind: 'park', heldBack: true, error, failures } as const]
      : []),
    { kind: 'restart', heldBack: false, cause },
  ]
  return {
    state: { phase: 'backoff', generation, failures, retryAt: context.now + delayMs, error },
    effects: [{ type: 'schedule_retry', generation, delayMs }, ...actions.map(note)],
  }
}

/** Whether the process ended by itself and said that all is well. */
export function isExitWithZero({ code, data }: ErrorInfo): boolean {
  return code === 'exited' && data['exitCode'] === 0
}

function note(action: ServerAction): ServerEffect {
  return { type: 'note', action }
}
