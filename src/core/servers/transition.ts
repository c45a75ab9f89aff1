import type { ErrorInfo } from '../../shared/domain/errors.ts'
import type {
  AfterStop,
  Exit,
  Health,
  ProtocolInfo,
  ServerState,
  StartStep,
  StopStep,
} from '../../shared/domain/server-state.ts'
import { assertNever } from '../../shared/lib/assert-never.ts'
import { backoffMs } from '../../shared/lib/backoff.ts'
import type { LifecycleTiming } from './lifecycle-timing.ts'

/** The failure in a row at which a server is parked in `failed`. */
export const maxFailures = 5

/**
 * What can happen to a server. Those with a `generation` come from a launch and are dropped when it is not the current one.
 */
export type ServerEvent =
  /** A person, the switch or the start of the host wants it to run. */
  | { readonly type: 'start' }
  | { readonly type: 'stop' }
  | { readonly type: 'restart' }
  /** The definition changed in a way that matters to the process. */
  | { readonly type: 'config_changed' }
  | {
      readonly type: 'step'
      readonly generation: number
      readonly step: StartStep
      readonly pid: number | null
    }
  | {
      readonly type: 'handshake_ok'
      readonly generation: number
      readonly protocol: ProtocolInfo
      readonly pid: number | null
    }
  /** The launch failed. `alive`: something of it still runs and has to be stopped first. */
  | {
      readonly type: 'start_failed'
      readonly generation: number
      readonly error: ErrorInfo
      readonly retryable: boolean
      readonly alive: boolean
    }
  /** The process tree ended, or the connection was lost, while running. */
  | { readonly type: 'exited'; readonly generation: number; readonly error: ErrorInfo }
  | { readonly type: 'health'; readonly generation: number; readonly health: Health }
  | { readonly type: 'forgive'; readonly generation: number }
  | { readonly type: 'retry_due'; readonly generation: number }
  | { readonly type: 'stop_step'; readonly generation: number; readonly step: StopStep }
  /** The stop sequence is over: the whole tree is gone. */
  | { readonly type: 'stopped'; readonly generation: number; readonly exit: Exit | null }

/** What the supervisor has to do after a transition. */
export type ServerEffect =
  | { readonly type: 'launch'; readonly generation: number }
  /** Run the stop sequence on the launch of this generation. */
  | { readonly type: 'stop'; readonly generation: number }
  | { readonly type: 'schedule_retry'; readonly generation: number; readonly delayMs: number }
  | { readonly type: 'cancel_retry' }
  | { readonly type: 'schedule_forgive'; readonly generation: number; readonly delayMs: number }

/** Time, chance and the waits, given in so that the decision stays pure. */
export interface TransitionContext {
  /** Milliseconds since the Unix epoch. */
  readonly now: number
  /** In [0, 1). */
  readonly random: number
  /** False while the machine sleeps and just after: what fails then is tried again, and not held against the server. */
  readonly countsFailures: boolean
  readonly timing: Pick<LifecycleTiming, 'retry' | 'forgiveAfterMs'>
}

/** The new state, and what to do. The state is the same object when the event changes nothing. */
export interface Transition {
  readonly state: ServerState
  readonly effects: readonly ServerEffect[]
}

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
  const fail = (
    generation: number,
    before: number,
    error: ErrorInfo,
    retryable: boolean,
  ): Transition => {
    // One that does not count is still a failure: there is something to wait for.
    const failures = Math.max(1, context.countsFailures ? before + 1 : before)
    if (!retryable || (failures >= maxFailures && context.countsFailures)) {
      return {
        state: { phase: 'failed', generation, error, failures, at: context.now },
        effects: [],
      }
    }
    const delayMs = backoffMs(context.timing.retry, failures, context.random)
    return {
      state: { phase: 'backoff', generation, failures, retryAt: context.now + delayMs, error },
      effects: [{ type: 'schedule_retry', generation, delayMs }],
    }
  }

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

    case 'stop':
      switch (state.phase) {
        case 'stopped':
          return same
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
          return event.type === 'config_changed' && state.next.do === 'stop'
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

    case 'exited':
      return state.phase === 'running'
        ? fail(state.generation, state.failures, event.error, true)
        : same

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

    case 'retry_due':
      return state.phase === 'backoff' ? launch(state.failures + 1) : same

    case 'stop_step':
      return state.phase === 'stopping' && state.step !== event.step
        ? { state: { ...state, step: event.step, since: context.now }, effects: [] }
        : same

    case 'stopped': {
      if (state.phase !== 'stopping') return same
      switch (state.next.do) {
        case 'stop':
          return { state: { ...stoppedByPerson, exit: event.exit }, effects: [] }
        case 'start':
          return launch(1)
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
