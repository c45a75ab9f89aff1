import { describeError } from '../../shared/domain/describe-error.ts'
import { AppError, type ErrorInfo } from '../../shared/domain/errors.ts'
import type { ServerId } from '../../shared/domain/ids.ts'
import type { Inventory } from '../../shared/domain/inventory.ts'
import type { ServerDefinition } from '../../shared/domain/server-definition.ts'
import { type Health, isSettled, type ServerState } from '../../shared/domain/server-state.ts'
import type { ServerStats } from '../../shared/domain/server-view.ts'
import { assertNever } from '../../shared/lib/assert-never.ts'
import { type LaunchServices, ServerLaunch } from './server-launch.ts'
import type { ServerLogSink } from './server-log.ts'
import { ServerLog } from './server-log.ts'
import { ServerSession } from './server-session.ts'
import { initialState, type ServerEffect, type ServerEvent, transition } from './transition.ts'

/** What a unit needs of its surroundings. */
export interface UnitServices {
  readonly launch: LaunchServices
  readonly logSink: ServerLogSink
  /** The current definition, read at each launch. */
  readonly definition: () => ServerDefinition
  /** False while the machine sleeps and just after: failures do not count then. */
  readonly isAwake: () => boolean
  /** Called after each change of state or figures. */
  readonly onChange: () => void
  /** Called after each listing, and when what was listed is no longer offered. */
  readonly onInventory: (change: InventoryChange) => void
}

/** What a running server offers was listed, or is offered no longer: it stopped or was removed. */
export type InventoryChange =
  | { readonly type: 'listed'; readonly inventory: Inventory }
  | { readonly type: 'gone'; readonly serverId: ServerId }

/**
 * Runs one server: feeds events into `transition` one at a time and carries out its effects. It holds no policy.
 */
export class ServerUnit {
  readonly log: ServerLog
  readonly #id: ServerId
  readonly #services: UnitServices
  readonly #now: () => number
  #state: ServerState = initialState
  #lastGeneration = 0
  #launch: ServerLaunch | null = null
  #session: ServerSession | null = null
  readonly #settledWaiters: ((state: ServerState) => void)[] = []
  #retryTimer: NodeJS.Timeout | undefined
  #forgiveTimer: NodeJS.Timeout | undefined
  #stats: ServerStats = {
    restarts: 0,
    handshakeMs: null,
    roundTripMs: null,
    lastError: null,
    counts: null,
  }

  constructor(id: ServerId, services: UnitServices) {
    this.#id = id
    this.#services = services
    this.#now = services.logSink.now
    this.log = new ServerLog(id, services.logSink)
  }

  get state(): ServerState {
    return this.#state
  }

  get stats(): ServerStats {
    return this.#stats
  }

  /** The live session. Throws `server_not_running` where there is none. */
  get session(): ServerSession {
    if (this.#session === null) {
      throw new AppError('server_not_running', {
        name: this.#services.definition().name,
        phase: this.#state.phase,
      })
    }
    return this.#session
  }

  /** What the live session listed last; null where there is no session or no listing yet. */
  get lastInventory(): Inventory | null {
    return this.#session?.lastInventory ?? null
  }

  /** Takes an event and does what follows from it. Effects only start work; their outcome comes back as events. */
  apply(event: ServerEvent): void {
    const before = this.#state
    const { timing } = this.#services.launch
    const context = {
      now: this.#now(),
      random: Math.random(),
      countsFailures: this.#services.isAwake(),
      timing,
    }
    const { state, effects } = transition(before, event, context, this.#lastGeneration)
    this.#state = state
    if (state !== before) this.#noteChange(before, state, event)
    for (const effect of effects) this.#run(effect)
    if (state !== before) this.#services.onChange()
    if (isSettled(state)) {
      for (const resolve of this.#settledWaiters.splice(0)) resolve(state)
    }
  }

  /** Resolves once the server is neither starting nor stopping, with the state that it has then. */
  async settled(): Promise<ServerState> {
    if (isSettled(this.#state)) return this.#state
    return await new Promise((resolve) => this.#settledWaiters.push(resolve))
  }

  #run(effect: ServerEffect): void {
    switch (effect.type) {
      case 'launch':
        if (this.#lastGeneration > 0) this.#setStats({ restarts: this.#stats.restarts + 1 })
        this.#lastGeneration = effect.generation
        this.log.beginLaunch()
        this.#launch = new ServerLaunch(
          effect.generation,
          this.#services.definition(),
          this.#services.launch,
          this.log,
          (event) => this.apply(event),
        )
        this.#launch.start()
        return
      case 'stop':
        this.#launch?.stop().catch(this.#noteFault)
        return
      case 'schedule_retry':
        this.#retryTimer = setTimeout(
          () => this.apply({ type: 'retry_due', generation: effect.generation }),
          effect.delayMs,
        )
        return
      case 'cancel_retry':
        clearTimeout(this.#retryTimer)
        return
      case 'schedule_forgive':
        this.#forgiveTimer = setTimeout(
          () => this.apply({ type: 'forgive', generation: effect.generation }),
          effect.delayMs,
        )
        return
      default:
        assertNever(effect)
    }
  }

  /** Bookkeeping that belongs to a change of phase: the log line, the session, the last error. */
  #noteChange(before: ServerState, state: ServerState, event: ServerEvent): void {
    if (before.phase === state.phase) return
    const error = errorOf(event)
    if (error !== null) this.#noteError(error)
    switch (state.phase) {
      case 'running':
        this.#openSession(state.protocol.handshakeMs)
        this.log.lifecycle(
          'info',
          `Running: ${state.protocol.serverName} ${state.protocol.serverVersion}, protocol ${state.protocol.version}, handshake ${state.protocol.handshakeMs} ms.`,
        )
        return
      case 'backoff':
        this.#closeSession()
        this.log.lifecycle(
          'warn',
          `Failure ${state.failures} in a row: ${titleOf(state.error)}. Next attempt in ${((state.retryAt - this.#now()) / 1000).toFixed(1)} s.`,
        )
        return
      case 'failed':
        this.#closeSession()
        this.log.lifecycle('error', `Failed: ${titleOf(state.error)}. It waits for you.`)
        return
      case 'stopped':
        this.#closeSession()
        this.log.lifecycle('info', 'Stopped.')
        return
      case 'stopping':
        this.#closeSession()
        return
      case 'starting':
        return
      default:
        assertNever(state)
    }
  }

  #noteError(error: ErrorInfo): void {
    const stderr = error.data['stderr']
    this.#setStats({
      lastError: {
        error,
        at: this.#now(),
        stderr: Array.isArray(stderr) ? stderr : [...this.log.lastStderr()],
      },
    })
  }

  #openSession(handshakeMs: number): void {
    const launch = this.#launch
    const connection = launch?.connection
    if (!launch || !connection) return
    const { generation } = launch
    this.#setStats({ handshakeMs, roundTripMs: null, counts: null })
    const { health } = this.#services.launch.timing
    this.#session = new ServerSession(this.#services.definition(), connection, this.log, health, {
      now: this.#now,
      isAwake: this.#services.isAwake,
      onInventory: (inventory) => {
        this.#setStats({
          counts: {
            tools: inventory.tools.length,
            prompts: inventory.prompts.length,
            resources: inventory.resources.length,
            resourceTemplates: inventory.resourceTemplates.length,
          },
        })
        this.#services.onChange()
        this.#services.onInventory({ type: 'listed', inventory })
      },
      onHealth: (observed: Health, roundTripMs) => {
        if (roundTripMs !== null) this.#setStats({ roundTripMs })
        this.apply({ type: 'health', generation, health: observed })
        this.#services.onChange()
      },
      onLost: (error) => void this.#giveUp(launch, error),
    })
    this.#session.open()
  }

  async #giveUp(launch: ServerLaunch, error: AppError): Promise<void> {
    try {
      await launch.giveUp(error)
    } catch (fault) {
      this.#noteFault(fault)
    }
  }

  #closeSession(): void {
    clearTimeout(this.#forgiveTimer)
    const wasListed = this.lastInventory !== null
    this.#session?.close()
    this.#session = null
    if (wasListed) this.#services.onInventory({ type: 'gone', serverId: this.#id })
  }

  /** For work that nobody waits for: a failure there is told in the log, and must not end the host. */
  readonly #noteFault = (error: unknown): void => {
    this.log.lifecycle('error', `The end of the server could not be handled: ${String(error)}`)
  }

  #setStats(change: Partial<ServerStats>): void {
    this.#stats = { ...this.#stats, ...change }
  }
}

function errorOf(event: ServerEvent): ErrorInfo | null {
  return event.type === 'start_failed' || event.type === 'exited' ? event.error : null
}

function titleOf({ code, data }: ErrorInfo): string {
  return describeError(code, data).title
}
