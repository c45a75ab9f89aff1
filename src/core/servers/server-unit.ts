import type { Exceeded, Use } from '../../shared/domain/automatic-action.ts'
import { errorSentence } from '../../shared/domain/describe-error.ts'
import { AppError, type ErrorInfo } from '../../shared/domain/errors.ts'
import type { ServerId } from '../../shared/domain/ids.ts'
import type { Inventory } from '../../shared/domain/inventory.ts'
import { defaultTimeouts, type ServerDefinition } from '../../shared/domain/server-definition.ts'
import { type Health, isSettled, type ServerState } from '../../shared/domain/server-state.ts'
import type { ServerStats } from '../../shared/domain/server-view.ts'
import { assertNever } from '../../shared/lib/assert-never.ts'
import { phaseLine } from './phase-line.ts'
import type { ServerEffect, ServerEvent } from './server-event.ts'
import { ServerLaunch } from './server-launch.ts'
import { ServerLog } from './server-log.ts'
import { ServerSession } from './server-session.ts'
import { countsOf, isForUse, isOnItsWay } from './server-use.ts'
import { initialState, transition } from './transition.ts'
import type { UnitServices } from './unit-services.ts'
import { withSignal } from './with-signal.ts'

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
  #definition: ServerDefinition
  #launch: ServerLaunch | null = null
  #session: ServerSession | null = null
  readonly #settledWaiters: ((state: ServerState) => void)[] = []
  /** Settles at the next change of state. */
  #change = Promise.withResolvers<void>()
  #retryTimer: NodeJS.Timeout | undefined
  #forgiveTimer: NodeJS.Timeout | undefined
  #idleTimer: NodeJS.Timeout | undefined
  /** What it offered when it was stopped for want of use: it still does. */
  #remembered: Inventory | null = null
  #stats: ServerStats = {
    restarts: 0,
    handshakeMs: null,
    roundTripMs: null,
    lastError: null,
    exceeded: null,
    counts: null,
  }

  constructor(definition: ServerDefinition, services: UnitServices) {
    this.#id = definition.id
    this.#services = services
    this.#now = services.logSink.now
    this.#definition = definition
    this.log = new ServerLog(definition.id, services.logSink)
  }

  get state(): ServerState {
    return this.#state
  }

  get stats(): ServerStats {
    return this.#stats
  }

  /** What was listed last and is still offered, by a session or at the next use; null where there is nothing of the kind. */
  get lastInventory(): Inventory | null {
    return this.#session?.lastInventory ?? this.#remembered
  }

  /**
   * Takes a changed definition; what runs goes on as it is.
   * @param runsOtherwise what it offered says nothing of what it will offer.
   */
  define(definition: ServerDefinition, runsOtherwise: boolean): void {
    this.#definition = definition
    if (runsOtherwise && this.#remembered !== null) {
      this.#remembered = null
      if (this.lastInventory === null) this.#announceGone()
    }
    this.#watchUse()
  }

  /**
   * A session for somebody who wants to use the server: the live one, or the next one where it starts for that, or is on
   * its way. Throws `server_not_running` where it does not come up, within the time of a start at most, and
   * `call_cancelled` where `signal` aborts first.
   */
  async use(use: Use, signal: AbortSignal): Promise<ServerSession> {
    let bound: AbortSignal | null = null
    for (;;) {
      this.apply({ type: 'use', use })
      if (this.#session?.isOver === false) return this.#session
      if (!isOnItsWay(this.#state)) throw this.#notRunning()
      const startMs = this.#definition.timeouts.startMs ?? defaultTimeouts.startMs
      bound ??= AbortSignal.any([signal, AbortSignal.timeout(startMs)])
      try {
        await withSignal(this.#change.promise, bound)
      } catch {
        // Only the signal rejects.
        throw signal.aborted ? new AppError('call_cancelled') : this.#notRunning()
      }
    }
  }

  /** Ends it without giving it time: the stop under way, or one that begins now. */
  kill(): void {
    const launch = this.#launch
    if (this.#state.phase !== 'stopping') this.apply({ type: 'stop' })
    launch?.hurry()
  }

  /** Shows which ceiling its processes are above; null: none. */
  noteExceeded(exceeded: Exceeded | null): void {
    this.#setStats({ exceeded })
    this.#services.onChange()
  }

  /** Takes an event and does what follows from it. Effects only start work; their outcome comes back as events. */
  apply(event: ServerEvent): void {
    const before = this.#state
    const { timing } = this.#services.launch
    const context = {
      now: this.#now(),
      random: Math.random(),
      countsFailures: this.#services.isAwake(),
      wasCutOff: this.#session?.wasCutOff === true,
      timing,
      policy: this.#definition.supervision,
      automation: this.#services.automation(),
    }
    const { state, effects } = transition(before, event, context, this.#lastGeneration)
    this.#state = state
    if (state !== before) this.#noteChange(before, state, event, context.now)
    for (const effect of effects) this.#run(effect, before)
    if (state !== before) {
      this.#services.onChange()
      this.#change.resolve()
      this.#change = Promise.withResolvers()
    }
    if (isSettled(state)) {
      for (const resolve of this.#settledWaiters.splice(0)) resolve(state)
    }
  }

  /** Resolves once the server is neither starting nor stopping, with the state that it has then. */
  async settled(): Promise<ServerState> {
    if (isSettled(this.#state)) return this.#state
    return await new Promise((resolve) => this.#settledWaiters.push(resolve))
  }

  #run(effect: ServerEffect, before: ServerState): void {
    switch (effect.type) {
      case 'launch':
        // One that comes and goes with its use was not restarted.
        if (this.#lastGeneration > 0 && !isForUse(before))
          this.#setStats({ restarts: this.#stats.restarts + 1 })
        this.#lastGeneration = effect.generation
        this.log.beginLaunch()
        this.#launch = new ServerLaunch(
          effect.generation,
          this.#definition,
          this.#services.launch,
          this.log,
          (event) => this.apply(event),
        )
        this.#launch.start()
        return
      case 'stop':
        this.#launch?.stop(this.#definition.supervision.stopGrace).catch(this.#noteFault)
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
      case 'note':
        this.#services.onAction({
          ...effect.action,
          serverId: this.#id,
          serverName: this.#definition.name,
        })
        return
      default:
        assertNever(effect)
    }
  }

  /** Bookkeeping that belongs to a change of phase: the log line, the session, the last error. */
  #noteChange(before: ServerState, state: ServerState, event: ServerEvent, now: number): void {
    // A server at rest can come to wait for its use, and the other way round.
    if (before.phase === state.phase && state.phase !== 'stopped') return
    const error = errorOf(event)
    if (error !== null) this.#noteError(error)
    if (state.phase === 'running') this.#openSession(state.protocol.handshakeMs)
    else if (state.phase !== 'starting') this.#closeSession(state)
    const line = phaseLine(state, now)
    if (line !== null) this.log.lifecycle(line.level, line.text)
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
    this.#session = new ServerSession(this.#definition, connection, this.log, health, {
      now: this.#now,
      isAwake: this.#services.isAwake,
      onInventory: (inventory) => {
        this.#setStats({ counts: countsOf(inventory) })
        this.#services.onChange()
        this.#services.inventories.keep(this.#definition, inventory)
        this.#services.onInventory({ type: 'listed', inventory })
      },
      onHealth: (observed: Health, roundTripMs) => {
        if (roundTripMs !== null) this.#setStats({ roundTripMs })
        this.apply({ type: 'health', generation, health: observed })
        this.#services.onChange()
      },
      onLost: (error) => void this.#giveUp(launch, error),
      onUse: (inFlight) => this.#watchUse(inFlight),
      onAnswer: () => this.apply({ type: 'answered', generation }),
    })
    this.#session.open()
    this.#watchUse()
  }

  async #giveUp(launch: ServerLaunch, error: AppError): Promise<void> {
    try {
      await launch.giveUp(error)
    } catch (fault) {
      this.#noteFault(fault)
    }
  }

  #closeSession(state: ServerState): void {
    clearTimeout(this.#forgiveTimer)
    clearTimeout(this.#idleTimer)
    const inventory = this.lastInventory
    this.#session?.close()
    this.#session = null
    this.#setStats({ exceeded: null })
    this.#remembered = isForUse(state)
      ? (inventory ?? this.#services.inventories.get(this.#definition))
      : null
    if (inventory !== null && this.#remembered === null) this.#announceGone()
    if (inventory === null && this.#remembered !== null) {
      this.#setStats({ counts: countsOf(this.#remembered) })
      this.#services.onInventory({ type: 'listed', inventory: this.#remembered })
    }
  }

  #announceGone(): void {
    this.#services.onInventory({ type: 'gone', serverId: this.#id })
  }

  /** Sees that a server is stopped once nobody has used it for long enough. */
  #watchUse(inFlight = this.#session?.inFlight ?? 0): void {
    clearTimeout(this.#idleTimer)
    const { idleStopMs } = this.#definition.supervision
    if (idleStopMs === null || inFlight > 0 || this.#state.phase !== 'running') return
    const { generation } = this.#state
    this.#idleTimer = setTimeout(
      () => this.apply({ type: 'idle_due', generation, idleMs: idleStopMs }),
      idleStopMs,
    )
  }

  #notRunning(): AppError {
    const { phase } = this.#state
    const error = 'error' in this.#state ? this.#state.error : null
    return new AppError('server_not_running', {
      name: this.#definition.name,
      phase,
      ...(error !== null && { reason: errorSentence(error.code, error.data) }),
    })
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
