import type { Client } from '@modelcontextprotocol/client'
import type { AppError } from '../../shared/domain/errors.ts'
import type { Exit, ProtocolInfo, StopStep } from '../../shared/domain/server-state.ts'

/** Told before each means of the stop sequence is used; for `held` and `kill` with the processes that are left. */
export type OnStopStep = (step: StopStep, pids: readonly number[]) => void

/** One live connection to a server, after its handshake. */
export interface McpConnection {
  readonly client: Client
  readonly protocol: ProtocolInfo
  /** Null for a remote server. */
  readonly pid: number | null
  /**
   * Once the connection is closed: how the process ended, as far as that shows within `limitMs`; what it printed has been
   * read by then. Null for a remote server, and for a process that has not ended.
   */
  readonly exitWithin: (limitMs: number) => Promise<Exit | null>
}

/** The tellings of a connection that is being made. */
export interface ConnectHooks {
  readonly onSpawn: (pid: number) => void
  /** Ends the attempt: the stop sequence has begun. */
  readonly signal: AbortSignal
}

/** A way to reach a server: a child's pipes, or a remote endpoint. One object per launch. */
export interface Connector {
  /** Connects and shakes hands. Rejects with an `AppError`. */
  connect(hooks: ConnectHooks): Promise<McpConnection>
  /** True while something is left that `stop` has to end. */
  isAlive(): boolean
  /** Settles when the connection ends without `stop`, with the reason. Calls in flight have failed by then. */
  readonly lost: Promise<AppError>
  /** Ends it and all that belongs to it. Resolves when everything is gone; null where there is no process. */
  stop(onStep: OnStopStep): Promise<Exit | null>
}
