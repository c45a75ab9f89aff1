import { describeError } from '../../shared/domain/describe-error.ts'
import { AppError, type ErrorInfo } from '../../shared/domain/errors.ts'
import type { ServerDefinition } from '../../shared/domain/server-definition.ts'
import type { Exit } from '../../shared/domain/server-state.ts'
import type { Supervision } from '../../shared/domain/supervision.ts'
import { assertNever } from '../../shared/lib/assert-never.ts'
import type { Accounts } from '../oauth/accounts.ts'
import type { OrphanReaper } from '../processes/orphan-reaper.ts'
import type { TreeWatch } from '../processes/tree-watch.ts'
import { RemoteConnector } from './connect-remote.ts'
import { StdioConnector } from './connect-stdio.ts'
import { type EraCache, eraKey } from './era-cache.ts'
import { isRetryable } from './launch-error.ts'
import { graceOf, type LifecycleTiming } from './lifecycle-timing.ts'
import type { Connector, McpConnection, OnStopStep } from './mcp-connection.ts'
import { redactInfo } from './redact-error.ts'
import type { LaunchResolver } from './resolve-launch.ts'
import type { ServerEvent } from './server-event.ts'
import type { ServerLog } from './server-log.ts'
import type { StartQueue } from './start-queue.ts'
import type { StopGrace } from './stop-sequence.ts'
import { withSignal } from './with-signal.ts'

/** How long a start may take from the spawn to the end of the handshake where the definition does not say, in milliseconds. */
export const defaultStartMs = 30_000

/** What every launch needs. */
export interface LaunchServices {
  readonly resolver: LaunchResolver
  readonly queue: StartQueue
  readonly eraCache: EraCache
  readonly timing: LifecycleTiming
  readonly orphans: OrphanReaper
  readonly trees: TreeWatch
  readonly accounts: Pick<Accounts, 'authorizerFor'>
}

/**
 * One launch of one server, from its place in the queue to the end of its last process. It decides nothing: it reports
 * what happens as events of its generation, and stops when it is told to.
 */
export class ServerLaunch {
  readonly generation: number
  readonly #definition: ServerDefinition
  readonly #services: LaunchServices
  readonly #log: ServerLog
  readonly #emit: (event: ServerEvent) => void
  readonly #abort = new AbortController()
  readonly #hurry = new AbortController()
  #stopGrace: Supervision['stopGrace']
  #connector: Connector | null = null
  /** The start under way; a stop waits for it, so that nothing is spawned behind its back. */
  #starting: Promise<void> = Promise.resolve()
  #connection: McpConnection | null = null

  constructor(
    generation: number,
    definition: ServerDefinition,
    services: LaunchServices,
    log: ServerLog,
    emit: (event: ServerEvent) => void,
  ) {
    this.generation = generation
    this.#definition = definition
    this.#stopGrace = definition.supervision.stopGrace
    this.#services = services
    this.#log = log
    this.#emit = emit
  }

  /** The live connection, or null before the handshake and after the end. */
  get connection(): McpConnection | null {
    return this.#connection
  }

  /** Begins. Returns at once; everything after is told by events. */
  start(): void {
    this.#starting = this.#run()
  }

  /**
   * Runs the stop sequence; ends with the event `stopped`, whatever fails on the way.
   * @param stopGrace as it is set now; a person may have changed it since the launch.
   */
  async stop(stopGrace = this.#stopGrace): Promise<void> {
    this.#abort.abort(new AppError('call_cancelled'))
    this.#connection = null
    const { generation } = this
    this.#stopGrace = stopGrace
    const onStep: OnStopStep = (step, pids) => {
      const isHurried = this.#grace().hurry.aborted
      this.#emit({ type: 'stop_step', generation, step, pids, isHurried })
    }
    const exit = await this.#end(onStep)
    // A spawn that was under way when the stop came has a process by now.
    await this.#starting
    const late = this.#connector?.isAlive() === true ? await this.#end(onStep) : null
    this.#emit({ type: 'stopped', generation, exit: exit ?? late })
  }

  /** Has the stop, the one under way or the next, give no more time: what is left is killed. */
  hurry(): void {
    this.#hurry.abort()
  }

  /** Reports that the connection no longer answers, as a loss; used for remote servers, which have no exit. */
  async giveUp(error: AppError): Promise<void> {
    // Several requests can see the same loss.
    if (this.#connection === null) return
    this.#connection = null
    await this.#end(() => {})
    this.#emit({ type: 'exited', generation: this.generation, error: this.#clean(error) })
  }

  /** Ends the connector, with a second attempt where the first fails. A launch that cannot be ended must not stay `stopping`. */
  async #end(onStep: OnStopStep): Promise<Exit | null> {
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      try {
        return (await this.#connector?.stop(onStep)) ?? null
      } catch (error) {
        this.#log.lifecycle('error', `Attempt ${attempt} of 2 to stop it failed: ${String(error)}`)
      }
    }
    return null
  }

  async #run(): Promise<void> {
    const { generation } = this
    const { signal } = this.#abort
    let leave: (() => void) | undefined
    let placeTimer: NodeJS.Timeout | undefined
    try {
      leave = await this.#services.queue.enter(signal)
      placeTimer = setTimeout(leave, this.#services.timing.placeMs)
      // They may hold the port or the files that this server needs.
      await withSignal(this.#services.orphans.gone, signal)
      this.#emit({ type: 'step', generation, step: 'resolve', pid: null })
      const connector = await withSignal(this.#createConnector(), signal)
      this.#connector = connector
      this.#emit({
        type: 'step',
        generation,
        step: this.#definition.transport.type === 'stdio' ? 'spawn' : 'handshake',
        pid: null,
      })
      const connection = await connector.connect({
        signal,
        onSpawn: (pid) => this.#emit({ type: 'step', generation, step: 'handshake', pid }),
      })
      signal.throwIfAborted()
      this.#connection = connection
      void connector.lost.then((error) => {
        this.#connection = null
        if (signal.aborted) return
        this.#emit({ type: 'exited', generation, error: this.#withLastWords(error) })
      })
      this.#emit({
        type: 'handshake_ok',
        generation,
        protocol: connection.protocol,
        pid: connection.pid,
      })
    } catch (error) {
      // Stopped on the way: the stop sequence tells the end.
      if (signal.aborted) return
      const failure =
        error instanceof AppError
          ? error
          : new AppError('internal', { reason: String(error) }, { cause: error })
      this.#log.lifecycle(
        'error',
        `The start failed: ${describeError(failure.code, failure.data).title}.`,
      )
      this.#emit({
        type: 'start_failed',
        generation,
        error: this.#withLastWords(failure),
        retryable: isRetryable(failure.code),
        alive: this.#connector?.isAlive() === true,
      })
    } finally {
      clearTimeout(placeTimer)
      leave?.()
    }
  }

  async #createConnector(): Promise<Connector> {
    const { definition, services, log } = {
      definition: this.#definition,
      services: this.#services,
      log: this.#log,
    }
    const startMs = definition.timeouts.startMs ?? defaultStartMs
    const { transport } = definition
    switch (transport.type) {
      case 'stdio': {
        const spec = await services.resolver.resolveStdio(definition, transport)
        return new StdioConnector(spec, {
          serverId: definition.id,
          serverName: definition.name,
          trees: services.trees,
          log,
          eraCache: services.eraCache,
          eraKey: eraKey(transport),
          grace: () => this.#grace(),
          probeLimits: services.timing.probe,
          startMs,
        })
      }
      case 'http':
      case 'sse': {
        const { signal } = this.#abort
        const { address, ...spec } = await services.resolver.resolveRemote(
          definition,
          transport,
          signal,
        )
        // Who gives a token in the headers wants that one to be sent, and no other.
        const isGiven = Object.keys(spec.headers).some((name) => /^authorization$/i.test(name))
        const server = { definition, url: spec.url, address }
        const authorizer = isGiven ? null : services.accounts.authorizerFor(server)
        return new RemoteConnector({ ...spec, authorizer }, log, startMs)
      }
      case 'ws':
      case 'unknown':
        throw new AppError('not_runnable', { reason: transport.reason })
      default:
        return assertNever(transport)
    }
  }

  #grace(): StopGrace & { readonly hurry: AbortSignal } {
    const grace = graceOf({ stopGrace: this.#stopGrace }, this.#services.timing.grace)
    const signals = [this.#hurry.signal, ...(grace.hurry === undefined ? [] : [grace.hurry])]
    return { ...grace, hurry: AbortSignal.any(signals) }
  }

  #withLastWords(error: AppError): ErrorInfo {
    const stderr = this.#log.lastStderr()
    const info = this.#clean(error)
    return stderr.length === 0 ? info : { ...info, data: { ...info.data, stderr: [...stderr] } }
  }

  /** What a server answers may hold its own secrets, and an error is shown, kept and sent. */
  #clean(error: AppError): ErrorInfo {
    return redactInfo(error.toInfo(), this.#log.redact)
  }
}
