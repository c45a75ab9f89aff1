import type { ServerId } from '../../shared/domain/ids.ts'
import type { ServerDefinition } from '../../shared/domain/server-definition.ts'
import { isSettled } from '../../shared/domain/server-state.ts'
import type { ServerView } from '../../shared/domain/server-view.ts'
import { assertNever } from '../../shared/lib/assert-never.ts'
import type { LaunchServices } from './server-launch.ts'
import type { ServerLogSink } from './server-log.ts'
import type { RegistryChange, ServerRegistry } from './server-registry.ts'
import type { ServerSession } from './server-session.ts'
import { ServerUnit } from './server-unit.ts'

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
  readonly #units = new Map<ServerId, ServerUnit>()
  readonly #listeners = new Set<(event: SupervisorEvent) => void>()
  #shuttingDown = false

  constructor(registry: ServerRegistry, launch: LaunchServices, logSink: ServerLogSink) {
    this.#registry = registry
    this.#launch = launch
    this.#logSink = logSink
    for (const server of registry.list()) this.#createUnit(server.id)
    registry.onDidChange((change) => this.#onRegistryChange(change))
  }

  /** Starts every server whose switch is on. Called once, when the host is up. */
  startEnabled(): void {
    for (const server of this.#registry.list()) {
      if (server.enabled) this.#unit(server.id).apply({ type: 'start' })
    }
  }

  /** Makes what is true follow the switch, at once. */
  reconcile(id: ServerId): void {
    this.#unit(id).apply({ type: this.#registry.get(id).enabled ? 'start' : 'stop' })
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

  /** Resolves once the server is neither starting nor stopping, with what it is then; with null if it is removed meanwhile. */
  async settled(id: ServerId): Promise<ServerView | null> {
    const now = this.view(id)
    if (isSettled(now.state)) return now
    return await new Promise((resolve) => {
      const end = this.onDidChange((event) => {
        if (event.type === 'removed' ? event.id !== id : event.server.definition.id !== id) return
        if (event.type === 'changed' && !isSettled(event.server.state)) return
        end()
        resolve(event.type === 'removed' ? null : event.server)
      })
    })
  }

  /** Stops the server and waits until its last process is gone. */
  async stopAndWait(id: ServerId): Promise<void> {
    this.#unit(id).apply({ type: 'stop' })
    await this.settled(id)
  }

  /** Stops all servers in parallel; resolves when the last process is gone. Nothing starts any more after that. */
  async shutdown(): Promise<void> {
    this.#shuttingDown = true
    await Promise.all([...this.#units.keys()].map((id) => this.stopAndWait(id)))
  }

  /** The unit of a server. Throws `not_found`. */
  #unit(id: ServerId): ServerUnit {
    return this.#units.get(id) ?? this.#createUnit(this.#registry.get(id).id)
  }

  #createUnit(id: ServerId): ServerUnit {
    const unit = new ServerUnit({
      launch: this.#launch,
      logSink: this.#logSink,
      definition: () => this.#registry.get(id),
      onChange: () => this.#announce({ type: 'changed', server: this.view(id) }),
    })
    this.#units.set(id, unit)
    return unit
  }

  #onRegistryChange(change: RegistryChange): void {
    switch (change.type) {
      case 'added':
        this.#createUnit(change.server.id)
        this.#announce({ type: 'changed', server: this.view(change.server.id) })
        return
      case 'changed':
        if (concernsProcess(change.before, change.server)) {
          this.#unit(change.server.id).apply({ type: 'config_changed' })
        }
        this.#announce({ type: 'changed', server: this.view(change.server.id) })
        return
      case 'removed':
        this.#units.delete(change.server.id)
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
