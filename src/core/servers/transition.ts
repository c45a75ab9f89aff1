import type { ServerAction, Use } from '../../shared/domain/automatic-action.ts'
import type { ErrorInfo } from '../../shared/domain/errors.ts'
import type { AfterStop, Exit, ServerState } from '../../shared/domain/server-state.ts'
import { assertNever } from '../../shared/lib/assert-never.ts'
import { afterFailure, isExitWithZero } from './failure-policy.ts'
import type { ServerEffect, ServerEvent, Transition, TransitionContext } from './server-event.ts'

/** The state of a server before its first start in this run of the host. */
export const initialState: ServerState = { phase: 'stopped', reason: 'new', exit: null }

/**
 * The whole policy of a server's lifecycle as one pure function: no clock, no process, no exception.
 * An event that does not apply to the state, or that belongs to an earlier launch, leaves the state as it is.
 * @param lastGeneration the highest generation used so far; a launch takes the next one.
 */
export function transition(
  state: ServerState,
  event: ServerEvent,
  context: TransitionContext,
  lastGeneration: number,
): Transition {
  const same: Transition = { state, effects: [] }
  if ('generation' in event && !isCurrent(state, event.generation)) return same

  const launch = (attempt: number, before: readonly ServerEffect[] = []): Transition => {
    const generation = lastGeneration + 1
    return {
      state: {
        phase: 'starting',
        generation,
        attempt,
        step: 'queue',
        since: context.now,
        pid: null,
      },
      effects: [...before, { type: 'launch', generation }],
    }
  }
  const forgiveLater = (generation: number): ServerEffect => ({
    type: 'schedule_forgive',
    generation,
    delayMs: context.timing.forgiveAfterMs,
  })
  const beginStop = (generation: number, next: AfterStop): Transition => ({
    state: { phase: 'stopping', generation, step: 'stdin', since: context.now, next },
    effects: [{ type: 'stop', generation }],
  })
  const fail = (generation: number, before: number, error: ErrorInfo, retryable: boolean) =>
    afterFailure({ generation, before, error, retryable }, context)

  switch (event.type) {
    case 'start':
      switch (state.phase) {
        case 'stopped':
        case 'failed':
          return launch(1)
        case 'backoff':
          return launch(1, [{ type: 'cancel_retry' }])
        case 'stopping':
          return withNext(state, { do: 'start' }, same)
        case 'starting':
        case 'running':
          return same
        default:
          return assertNever(state)
      }

    case 'wait_for_use':
      switch (state.phase) {
        case 'stopped':
          return state.reason === 'idle' ? same : { state: idle(state.exit), effects: [] }
        case 'failed':
          return { state: idle(null), effects: [] }
        case 'backoff':
          return { state: idle(null), effects: [{ type: 'cancel_retry' }] }
        case 'stopping':
          return state.next.do === 'start' ? same : withNext(state, { do: 'idle' }, same)
        case 'starting':
        case 'running':
          return same
        default:
          return assertNever(state)
      }

    case 'use':
      switch (state.phase) {
        case 'stopped':
          return state.reason === 'idle' ? launch(1, [startForUse(event.use)]) : same
        case 'backoff':
          // Only after the first failure: calls must not hasten a crash loop to its end.
          return state.failures === 1
            ? launch(2, [{ type: 'cancel_retry' }, startForUse(event.use)])
            : same
        case 'stopping':
          return state.next.do === 'idle'
            ? { state: { ...state, next: { do: 'start' } }, effects: [startForUse(event.use)] }
            : same
        case 'starting':
        case 'running':
        case 'failed':
          return same
        default:
          return assertNever(state)
      }

    case 'stop':
      switch (state.phase) {
        case 'stopped':
          // Somebody who stops a server does not want it to start at its next use.
          return state.reason === 'idle' ? { state: stoppedByPerson, effects: [] } : same
        case 'failed':
          return { state: stoppedByPerson, effects: [] }
        case 'backoff':
          return { state: stoppedByPerson, effects: [{ type: 'cancel_retry' }] }
        case 'starting':
        case 'running':
          return beginStop(state.generation, { do: 'stop' })
        case 'stopping':
          return withNext(state, { do: 'stop' }, same)
        default:
          return assertNever(state)
      }

    case 'restart':
    case 'config_changed':
      switch (state.phase) {
        case 'stopped':
          return event.type === 'restart' ? launch(1) : same
        case 'failed':
          return launch(1)
        case 'backoff':
          return launch(1, [{ type: 'cancel_retry' }])
        case 'starting':
        case 'running':
          return beginStop(state.generation, { do: 'start' })
        case 'stopping':
          // A changed definition does not bring back a server that is on its way to a stop somebody asked for.
          return event.type === 'config_changed' && isToRest(state.next)
            ? same
            : withNext(state, { do: 'start' }, same)
        default:
          return assertNever(state)
      }

    case 'step':
      if (state.phase !== 'starting') return same
      return {
        state: { ...state, step: event.step, since: context.now, pid: event.pid },
        effects: [],
      }

    case 'handshake_ok': {
      if (state.phase !== 'starting') return same
      const failures = state.attempt - 1
      return {
        state: {
          phase: 'running',
          generation: state.generation,
          since: context.now,
          pid: event.pid,
          protocol: event.protocol,
          health: 'ok',
          failures,
        },
        effects: failures > 0 ? [forgiveLater(state.generation)] : [],
      }
    }

    case 'start_failed':
      if (state.phase !== 'starting') return same
      return event.alive
        ? beginStop(state.generation, {
            do: 'fail',
            error: event.error,
            retryable: event.retryable,
            failures: state.attempt,
          })
        : fail(state.generation, state.attempt - 1, event.error, event.retryable)

    case 'exited': {
      if (state.phase !== 'running') return same
      const isFailure = !isExitWithZero(event.error) || context.wasCutOff
      if (isFailure || context.policy.restart === 'always') {
        return fail(state.generation, state.failures, event.error, true)
      }
      const exit: Exit = { code: 0, signal: null }
      return {
        state:
          context.policy.start === 'on-demand'
            ? idle(exit)
            : { phase: 'stopped', reason: 'exited', exit },
        effects: [],
      }
    }

    case 'health':
      return state.phase === 'running' && state.health !== event.health
        ? { state: { ...state, health: event.health }, effects: [] }
        : same

    case 'forgive': {
      if (state.phase !== 'running' || state.failures === 0) return same
      const failures = state.failures - 1
      return {
        state: { ...state, failures },
        effects: failures > 0 ? [forgiveLater(state.generation)] : [],
      }
    }

    case 'answered':
      return state.phase === 'running' && state.failures > 0
        ? { state: { ...state, failures: 0 }, effects: [] }
        : same

    case 'idle_due': {
      if (state.phase !== 'running') return same
      const stop = beginStop(state.generation, { do: 'idle' })
      const action: ServerAction = { kind: 'idle-stop', heldBack: false, idleMs: event.idleMs }
      return { ...stop, effects: [...stop.effects, { type: 'note', action }] }
    }

    case 'retry_due':
      return state.phase === 'backoff' ? launch(state.failures + 1) : same

    case 'stop_step':
      return state.phase === 'stopping' && state.step !== event.step
        ? {
            state: { ...state, step: event.step, since: context.now },
            effects: killNotes(event, Math.max(0, context.now - state.since)),
          }
        : same

    case 'stopped': {
      if (state.phase !== 'stopping') return same
      switch (state.next.do) {
        case 'stop':
          return { state: { ...stoppedByPerson, exit: event.exit }, effects: [] }
        case 'start':
          return launch(1)
        case 'idle':
          return { state: idle(event.exit), effects: [] }
        case 'fail':
          return fail(
            state.generation,
            state.next.failures - 1,
            state.next.error,
            state.next.retryable,
          )
        default:
          return assertNever(state.next)
      }
    }

    default:
      return assertNever(event)
  }
}

const stoppedByPerson: Extract<ServerState, { phase: 'stopped' }> = {
  phase: 'stopped',
  reason: 'user',
  exit: null,
}

function startForUse(use: Use): ServerEffect {
  return { type: 'note', action: { kind: 'start-on-demand', heldBack: false, use } }
}

/** A kill that nobody asked for, or that somebody has to ask for. */
function killNotes(
  { step, pids, isHurried }: Extract<ServerEvent, { type: 'stop_step' }>,
  waitedMs: number,
): readonly ServerEffect[] {
  const isByItself = (step === 'kill' && !isHurried) || step === 'held'
  if (!isByItself || pids.length === 0) return []
  const heldBack = step === 'held'
  return [{ type: 'note', action: { kind: 'kill', heldBack, pids: [...pids], waitedMs } }]
}

/** Ready: it starts at its next use. */
function idle(exit: Exit | null): Extract<ServerState, { phase: 'stopped' }> {
  return { phase: 'stopped', reason: 'idle', exit }
}

function isToRest(next: AfterStop): boolean {
  return next.do === 'stop' || next.do === 'idle'
}

function isCurrent(state: ServerState, generation: number): boolean {
  return state.phase !== 'stopped' && state.generation === generation
}

function withNext(
  state: Extract<ServerState, { phase: 'stopping' }>,
  next: AfterStop,
  same: Transition,
): Transition {
  return state.next.do === next.do ? same : { state: { ...state, next }, effects: [] }
}
