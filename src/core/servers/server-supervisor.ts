import type { Exceeded, Use } from '../../shared/domain/automatic-action.ts'
import { AppError } from '../../shared/domain/errors.ts'
import type { ServerId } from '../../shared/domain/ids.ts'
import type { Inventory } from '../../shared/domain/inventory.ts'
import { neededFromPerson } from '../../shared/domain/needed-from-person.ts'
import type { ServerDefinition } from '../../shared/domain/server-definition.ts'
import type { ServerView } from '../../shared/domain/server-view.ts'
import { assertNever } from '../../shared/lib/assert-never.ts'
import type { LaunchServices } from './server-launch.ts'
import type { ServerLogSink } from './server-log.ts'
import type { RegistryChange, ServerRegistry } from './server-registry.ts'
import type { ServerSession } from './server-session.ts'
import { ServerUnit } from './server-unit.ts'
import type { InventoryChange, UnitServices } from './unit-services.ts'

/** Something that changed about a server. */
export type SupervisorEvent =
  | { readonly type: 'changed'; readonly server: ServerView }
  | { readonly type: 'removed'; readonly id: ServerId }

/** What the supervisor goes by, beside the definitions. */
export type Surroundings = Pick<UnitServices, 'isAwake' | 'inventories' | 'automation' | 'onAction'>

/**
 * Keeps the servers of the registry in the state that is wanted: one `ServerUnit` each, told to start and stop as the
 * switch, a person or a changed definition says.
 */
export class ServerSupervisor {
  readonly #registry: ServerRegistry
  readonly #launch: LaunchServices
  readonly #logSink: ServerLogSink
  readonly #surroundings: Surroundings
  readonly #units = new Map<ServerId, ServerUnit>()
  readonly #listeners = new Set<(event: SupervisorEvent) => void>()
  readonly #inventoryListeners = new Set<(change: InventoryChange) => void>()
  /** Units of removed servers that are still stopping. */
  readonly #retired = new Set<ServerUnit>()
  #shuttingDown = false

  constructor(
    registry: ServerRegistry,
    launch: LaunchServices,
    logSink: ServerLogSink,
    surroundings: Surroundings,
  ) {
    this.#registry = registry
    this.#launch = launch
    this.#logSink = logSink
    this.#surroundings = surroundings
    for (const server of registry.list()) this.#createUnit(server)
    registry.onDidChange((change) => this.#onRegistryChange(change))
  }

  /**
   * Ends what an earlier host left behind, then starts every server whose switch is on, unless a person set that they
   * wait; those that start on demand are ready either way. Called once, when the host is up and holds the lock of its data directory.
   */
  open(startServers: boolean): void {
    this.#launch.orphans.reap(this.#surroundings.automation().reap)
    const due = this.#registry.list().filter(({ enabled, supervision }) => {
      return enabled && (startServers || supervision.start === 'on-demand')
    })
    // Each start waits for these too; beside the look for orphans they take no time of their own.
    if (due.some(({ supervision }) => supervision.start === 'with-host')) {
      this.#launch.resolver.prepare()
      void this.#launch.trees.prepare()
    }
    for (const { id } of due) this.reconcile(id)
  }

  /** Makes what is true follow the switch, at once. */
  reconcile(id: ServerId): void {
    const { enabled, supervision } = this.#registry.get(id)
    if (!enabled) this.command(id, 'stop')
    else if (supervision.start === 'with-host') this.command(id, 'start')
    else if (!this.#shuttingDown) this.#unit(id).apply({ type: 'wait_for_use' })
  }

  /** Starts what is switched on and waits for nothing but the vault, now that it is open. */
  startHeld(): void {
    for (const { id, enabled } of this.#registry.list()) {
      const { state } = this.#unit(id)
      if (enabled && state.phase === 'failed' && neededFromPerson(state.error.code) === 'vault') {
        this.command(id, 'start')
      }
    }
  }

  /** Starts, stops or restarts for this run of the host; the switch stays. Throws `not_found`. */
  command(id: ServerId, type: 'start' | 'stop' | 'restart'): void {
    if (this.#shuttingDown && type !== 'stop') return
    this.#unit(id).apply({ type })
  }

  /** Shows which ceiling a server's processes are above; null: none. Throws `not_found`. */
  noteExceeded(id: ServerId, exceeded: Exceeded | null): void {
    this.#unit(id).noteExceeded(exceeded)
  }

  /** All that a face shows of one server. Throws `not_found`. */
  view(id: ServerId): ServerView {
    const unit = this.#unit(id)
    return { definition: this.#registry.get(id), state: unit.state, stats: unit.stats }
  }

  /** All servers, by name. */
  views(): readonly ServerView[] {
    return this.#registry.list().map((server) => this.view(server.id))
  }

  /**
   * A session for somebody who wants to use a server, which starts for that where it is to start on demand. Throws
   * `not_found`, and what `ServerUnit.use` throws.
   */
  async use(id: ServerId, use: Use, signal: AbortSignal): Promise<ServerSession> {
    const unit = this.#unit(id)
    if (this.#shuttingDown) {
      const { name } = this.#registry.get(id)
      throw new AppError('server_not_running', { name, phase: unit.state.phase })
    }
    return await unit.use(use, signal)
  }

  /** Ends a server at once, without the time to end by itself that a stop gives. Throws `not_found`. */
  kill(id: ServerId): void {
    this.#unit(id).kill()
  }

  /** Kills what waits for a person to say so: now it may be done. */
  releaseHeld(): void {
    for (const unit of [...this.#units.values(), ...this.#retired]) {
      if (unit.state.phase === 'stopping' && unit.state.step === 'held') unit.kill()
    }
  }

  /** Told of each change, in order. The answer ends it. */
  onDidChange(listener: (event: SupervisorEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** What a server listed last, one that runs or that starts at its next use; null where it was not listed yet. */
  lastInventory(id: ServerId): Inventory | null {
    return this.#units.get(id)?.lastInventory ?? null
  }

  /** Told of each listing, and when a server that was listed stops. The answer ends it. */
  onDidChangeInventory(listener: (change: InventoryChange) => void): () => void {
    this.#inventoryListeners.add(listener)
    return () => this.#inventoryListeners.delete(listener)
  }

  /** Resolves once the server is neither starting nor stopping, with what it is then; with null if it was removed meanwhile. */
  async settled(id: ServerId): Promise<ServerView | null> {
    const unit = this.#unit(id)
    const state = await unit.settled()
    return this.#units.get(id) === unit ? { ...this.view(id), state } : null
  }

  /** Stops the server and waits until its last process is gone. */
  async stopAndWait(id: ServerId): Promise<void> {
    this.#unit(id).apply({ type: 'stop' })
    await this.settled(id)
  }

  /** Stops all servers in parallel; resolves when the last process is gone. Nothing starts any more after that. */
  async shutdown(): Promise<void> {
    this.#shuttingDown = true
    const units = [...this.#units.values()]
    for (const unit of units) unit.apply({ type: 'stop' })
    this.releaseHeld()
    await Promise.all([...units, ...this.#retired].map((unit) => unit.settled()))
  }

  /** The unit of a server. Throws `not_found`. */
  #unit(id: ServerId): ServerUnit {
    return this.#units.get(id) ?? this.#createUnit(this.#registry.get(id))
  }

  #createUnit(definition: ServerDefinition): ServerUnit {
    const { id } = definition
    const unit: ServerUnit = new ServerUnit(definition, {
      launch: this.#launch,
      logSink: this.#logSink,
      ...this.#surroundings,
      onChange: () => {
        if (this.#units.get(id) === unit) this.#announce({ type: 'changed', server: this.view(id) })
      },
      onInventory: (change) => {
        for (const listener of this.#inventoryListeners) listener(change)
      },
    })
    this.#units.set(id, unit)
    return unit
  }

  #startIdle(id: ServerId): void {
    const { state } = this.#unit(id)
    if (state.phase === 'stopped' && state.reason === 'idle') this.command(id, 'start')
  }

  /** A removed server is forgotten at once; its process is stopped, and waited for at shutdown. */
  #retire(id: ServerId): void {
    const unit = this.#units.get(id)
    if (unit === undefined) return
    this.#units.delete(id)
    unit.apply({ type: 'stop' })
    this.#retired.add(unit)
    void unit.settled().then(() => this.#retired.delete(unit))
  }

  #onRegistryChange(change: RegistryChange): void {
    switch (change.type) {
      case 'added':
        this.#createUnit(change.server)
        this.#announce({ type: 'changed', server: this.view(change.server.id) })
        return
      case 'changed':
        this.#unit(change.server.id).define(
          change.server,
          concernsProcess(change.before, change.server),
        )
        // What the switch forbids must not start again because it changed as well.
        if (change.before.enabled && !change.server.enabled) {
          this.#unit(change.server.id).apply({ type: 'stop' })
        } else if (concernsProcess(change.before, change.server) && !this.#shuttingDown) {
          this.#unit(change.server.id).apply({ type: 'config_changed' })
        } else if (startsWithHostNow(change.before, change.server)) {
          this.#startIdle(change.server.id)
        }
        this.#announce({ type: 'changed', server: this.view(change.server.id) })
        return
      case 'removed':
        this.#retire(change.server.id)
        this.#surroundings.inventories.forget(change.server.id)
        this.#announce({ type: 'removed', id: change.server.id })
        return
      default:
        assertNever(change)
    }
  }

  #announce(event: SupervisorEvent): void {
    for (const listener of this.#listeners) listener(event)
  }
}

/** Whether a server that was to wait for its use is to run from now on. */
function startsWithHostNow(before: ServerDefinition, after: ServerDefinition): boolean {
  return before.supervision.start === 'on-demand' && after.supervision.start === 'with-host'
}

/** Whether the difference matters to a process that runs. */
function concernsProcess(before: ServerDefinition, after: ServerDefinition): boolean {
  return (
    JSON.stringify([before.transport, before.timeouts.startMs, before.project, before.dialect]) !==
    JSON.stringify([after.transport, after.timeouts.startMs, after.project, after.dialect])
  )
}
