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
import { type InventoryChange, ServerUnit } from './server-unit.ts'

/** Something that changed about a server. */
export type SupervisorEvent =
  | { readonly type: 'changed'; readonly server: ServerView }
  | { readonly type: 'removed'; readonly id: ServerId }

/**
 * Keeps the servers of the registry in the state that is wanted: one `ServerUnit` each, told to start and stop as the
 * switch, a person or a changed definition says.
 */
export class ServerSupervisor {
  readonly #registry: ServerRegistry
  readonly #launch: LaunchServices
  readonly #logSink: ServerLogSink
  readonly #isAwake: () => boolean
  readonly #units = new Map<ServerId, ServerUnit>()
  readonly #listeners = new Set<(event: SupervisorEvent) => void>()
  readonly #inventoryListeners = new Set<(change: InventoryChange) => void>()
  /** Units of removed servers that are still stopping. */
  readonly #retired = new Set<ServerUnit>()
  #shuttingDown = false

  /** @param isAwake false while the machine sleeps and just after: failures do not count then. */
  constructor(
    registry: ServerRegistry,
    launch: LaunchServices,
    logSink: ServerLogSink,
    isAwake: () => boolean,
  ) {
    this.#registry = registry
    this.#launch = launch
    this.#logSink = logSink
    this.#isAwake = isAwake
    for (const server of registry.list()) this.#createUnit(server.id)
    registry.onDidChange((change) => this.#onRegistryChange(change))
  }

  /**
   * Ends what an earlier host left behind, then starts every server whose switch is on, unless a person set that they
   * wait. Called once, when the host is up and holds the lock of its data directory.
   */
  open(startServers: boolean): void {
    this.#launch.orphans.reap()
    if (!startServers) return
    for (const server of this.#registry.list()) {
      if (server.enabled) this.command(server.id, 'start')
    }
  }

  /** Makes what is true follow the switch, at once. */
  reconcile(id: ServerId): void {
    this.command(id, this.#registry.get(id).enabled ? 'start' : 'stop')
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

  /** All that a face shows of one server. Throws `not_found`. */
  view(id: ServerId): ServerView {
    const unit = this.#unit(id)
    return { definition: this.#registry.get(id), state: unit.state, stats: unit.stats }
  }

  /** All servers, by name. */
  views(): readonly ServerView[] {
    return this.#registry.list().map((server) => this.view(server.id))
  }

  /** The live session of a server. Throws `not_found` or `server_not_running`. */
  session(id: ServerId): ServerSession {
    return this.#unit(id).session
  }

  /** Told of each change, in order. The answer ends it. */
  onDidChange(listener: (event: SupervisorEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** What a running server listed last; null where it does not run, or was not listed yet. */
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
    await Promise.all([...units, ...this.#retired].map((unit) => unit.settled()))
  }

  /** The unit of a server. Throws `not_found`. */
  #unit(id: ServerId): ServerUnit {
    return this.#units.get(id) ?? this.#createUnit(this.#registry.get(id).id)
  }

  #createUnit(id: ServerId): ServerUnit {
    const unit: ServerUnit = new ServerUnit(id, {
      launch: this.#launch,
      logSink: this.#logSink,
      definition: () => this.#registry.get(id),
      isAwake: this.#isAwake,
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
        this.#createUnit(change.server.id)
        this.#announce({ type: 'changed', server: this.view(change.server.id) })
        return
      case 'changed':
        // What the switch forbids must not start again because it changed as well.
        if (change.before.enabled && !change.server.enabled) {
          this.#unit(change.server.id).apply({ type: 'stop' })
        } else if (concernsProcess(change.before, change.server) && !this.#shuttingDown) {
          this.#unit(change.server.id).apply({ type: 'config_changed' })
        }
        this.#announce({ type: 'changed', server: this.view(change.server.id) })
        return
      case 'removed':
        this.#retire(change.server.id)
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

/** Whether the difference matters to a process that runs. */
function concernsProcess(before: ServerDefinition, after: ServerDefinition): boolean {
  return (
    JSON.stringify([before.transport, before.timeouts.startMs, before.project, before.dialect]) !==
    JSON.stringify([after.transport, after.timeouts.startMs, after.project, after.dialect])
  )
}
