import type { Use } from '../../shared/domain/automatic-action.ts'
import { AppError } from '../../shared/domain/errors.ts'
import type { ServerId } from '../../shared/domain/ids.ts'
import type { Inventory } from '../../shared/domain/inventory.ts'
import type { ServerDefinition } from '../../shared/domain/server-definition.ts'
import type { ServerState } from '../../shared/domain/server-state.ts'
import { toCallFailure } from '../servers/launch-error.ts'
import { redactError } from '../servers/redact-error.ts'
import type { ServerRegistry } from '../servers/server-registry.ts'
import type { ServerSession } from '../servers/server-session.ts'
import type { ServerSupervisor } from '../servers/server-supervisor.ts'
import { SessionOver } from '../servers/session-over.ts'
import type { InventoryChange } from '../servers/unit-services.ts'
import { isAllowed } from './find-tool.ts'

/** What the inventories come from. */
export interface OfferedInventoriesServices {
  readonly registry: ServerRegistry
  readonly supervisor: ServerSupervisor
  /** Takes the known secrets out of a text; every error that a server has a part in goes through it. */
  readonly redact: (text: string) => string
}

/** What servers offer, less what a person switched off, now and each time it changes. */
export class OfferedInventories {
  readonly #services: OfferedInventoriesServices
  readonly #listeners = new Set<(change: InventoryChange) => void>()

  constructor(services: OfferedInventoriesServices) {
    this.#services = services
    const { registry, supervisor } = services
    supervisor.onDidChangeInventory((change) => this.#announce(change))
    registry.onDidChange((change) => {
      if (change.type !== 'changed' || !concernsInventory(change.before, change.server)) return
      const inventory = supervisor.lastInventory(change.server.id)
      if (inventory !== null) this.#announce({ type: 'listed', inventory })
    })
  }

  /**
   * What a server offers. One that starts on demand starts for that where it was not listed yet. Throws `not_found` or
   * `server_not_running`.
   */
  async of(serverId: ServerId, signal: AbortSignal = never): Promise<Inventory> {
    const { registry, supervisor } = this.#services
    registry.get(serverId)
    const { state } = supervisor.view(serverId)
    const remembered = supervisor.lastInventory(serverId)
    if (state.phase === 'stopped' && remembered !== null) return this.#offered(remembered)
    return (await this.open(serverId, 'list', signal)).inventory
  }

  /**
   * A session and what it offers; the next one where the server did not know the first any more.
   * @param isEnough whether the last listing serves, though a change was announced since: a call must neither wait for a
   *   storm of changes nor add a listing to it.
   */
  async open(
    serverId: ServerId,
    use: Use,
    signal: AbortSignal,
    isEnough: (inventory: Inventory) => boolean = () => false,
  ): Promise<{ readonly session: ServerSession; readonly inventory: Inventory }> {
    const { supervisor, redact } = this.#services
    const open = async () => {
      const session = await supervisor.use(serverId, use, signal)
      const last = session.lastInventory
      const listed = last !== null && isEnough(last) ? last : await session.inventory()
      return { session, inventory: this.#offered(listed) }
    }
    try {
      return await open().catch((error: unknown) => {
        if (error instanceof SessionOver) return open()
        throw error
      })
    } catch (error) {
      const failure = error instanceof SessionOver ? toCallFailure(error.cause) : error
      throw failure instanceof AppError ? redactError(failure, redact) : failure
    }
  }

  /**
   * What all servers offer that run or start on demand; one that cannot be listed is left out, and its log says why. One that
   * was never listed and does not run starts for it, and is left out: whoever watches is told when it is listed.
   */
  async all(signal: AbortSignal = never): Promise<Inventory[]> {
    const { supervisor } = this.#services
    const listings = supervisor.views().flatMap(({ definition: { id }, state }) => {
      if (state.phase !== 'running' && !isIdle(state)) return []
      const isKnown = state.phase === 'running' || supervisor.lastInventory(id) !== null
      if (isKnown) return [this.of(id, signal)]
      // Its state and its log say why it does not come up.
      this.of(id).catch(() => {})
      return []
    })
    const outcomes = await Promise.allSettled(listings)
    return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
  }

  /** What all running servers offer as far as it was listed yet. */
  listed(): Inventory[] {
    const ids = this.#services.registry.list().map((server) => server.id)
    return ids.flatMap((id) => this.last(id) ?? [])
  }

  /** What one of them offered when it was listed last; null where that was never. */
  last(serverId: ServerId): Inventory | null {
    const inventory = this.#services.supervisor.lastInventory(serverId)
    return inventory === null ? null : this.#offered(inventory)
  }

  /** Told of each change of what is `listed`. The answer ends it. */
  onDidChange(listener: (change: InventoryChange) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #offered(inventory: Inventory): Inventory {
    const definition = this.#services.registry.get(inventory.serverId)
    return {
      ...inventory,
      // It may have been renamed since it was listed.
      serverName: definition.name,
      tools: inventory.tools.filter((tool) => isAllowed(definition, tool.name)),
    }
  }

  #announce(change: InventoryChange): void {
    const told: InventoryChange =
      change.type === 'listed'
        ? { type: 'listed', inventory: this.#offered(change.inventory) }
        : change
    for (const listener of this.#listeners) listener(told)
  }
}

/** For those who have no way to say that they want the answer no more. */
const never = new AbortController().signal

function isIdle(state: ServerState): boolean {
  return state.phase === 'stopped' && state.reason === 'idle'
}

/** Whether the difference shows in what the server offers. */
function concernsInventory(before: ServerDefinition, after: ServerDefinition): boolean {
  return JSON.stringify([before.name, before.tools]) !== JSON.stringify([after.name, after.tools])
}
