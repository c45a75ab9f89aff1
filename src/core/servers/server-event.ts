import type { ServerAction, Use } from '../../shared/domain/automatic-action.ts'
import type { ErrorInfo } from '../../shared/domain/errors.ts'
import type {
  Exit,
  Health,
  ProtocolInfo,
  ServerState,
  StartStep,
  StopStep,
} from '../../shared/domain/server-state.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import type { Supervision } from '../../shared/domain/supervision.ts'
import type { LifecycleTiming } from './lifecycle-timing.ts'

/**
 * What can happen to a server. Those with a `generation` come from a launch and are dropped when it is not the current one.
 */
export type ServerEvent =
  /** A person, the switch or the start of the host wants it to run. */
  | { readonly type: 'start' }
  /** The switch wants a server that starts on demand to be ready. */
  | { readonly type: 'wait_for_use' }
  /** Somebody wants to use it. */
  | { readonly type: 'use'; readonly use: Use }
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
  /** It answered a call: a server that serves is in no crash loop. */
  | { readonly type: 'answered'; readonly generation: number }
  /** Nobody has used it for as long as it may be unused. */
  | { readonly type: 'idle_due'; readonly generation: number; readonly idleMs: number }
  | { readonly type: 'retry_due'; readonly generation: number }
  | {
      readonly type: 'stop_step'
      readonly generation: number
      readonly step: StopStep
      /** For `held` and `kill`: what is left of the tree. */
      readonly pids: readonly number[]
      /** A person does not want to wait. */
      readonly isHurried: boolean
    }
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
  /** Tell what is done here by itself, or is held back. */
  | { readonly type: 'note'; readonly action: ServerAction }

/** Time, chance and the waits, given in so that the decision stays pure. */
export interface TransitionContext {
  /** Milliseconds since the Unix epoch. */
  readonly now: number
  /** In [0, 1). */
  readonly random: number
  /** False while the machine sleeps and just after: what fails then is tried again, and not held against the server. */
  readonly countsFailures: boolean
  /** A call was waiting for its answer when the connection ended. */
  readonly wasCutOff: boolean
  readonly timing: Pick<LifecycleTiming, 'retry' | 'forgiveAfterMs'>
  readonly policy: Pick<Supervision, 'restart' | 'start'>
  /** What may be done without a person. */
  readonly automation: Pick<Settings['automation'], 'restart' | 'park'>
}

/** The new state, and what to do. The state is the same object when the event changes nothing. */
export interface Transition {
  readonly state: ServerState
  readonly effects: readonly ServerEffect[]
}
