import { randomBytes } from 'node:crypto'
import { AppError } from '../../shared/domain/errors.ts'
import { type ServerId, serverIdSchema } from '../../shared/domain/ids.ts'
import type { ServerDefinition } from '../../shared/domain/server-definition.ts'

/** Where the definitions are kept. `update` resolves once they are on disk, and rejects with `state_read_only` where they cannot be. */
export interface DefinitionStore {
  readonly get: () => readonly ServerDefinition[]
  readonly update: (
    change: (servers: readonly ServerDefinition[]) => readonly ServerDefinition[],
  ) => Promise<void>
}

/** A change that has been saved. */
export type RegistryChange =
  | { readonly type: 'added'; readonly server: ServerDefinition }
  | {
      readonly type: 'changed'
      readonly before: ServerDefinition
      readonly server: ServerDefinition
    }
  | { readonly type: 'removed'; readonly server: ServerDefinition }

/** Makes a new id: 80 random bits, written in base 36. */
export function createServerId(): ServerId {
  const number = BigInt(`0x${randomBytes(10).toString('hex')}`)
  return serverIdSchema.parse(`srv_${number.toString(36).padStart(16, '0').slice(-16)}`)
}

/** What a person wants to run: the definitions, each saved before anybody is told of it. */
export class ServerRegistry {
  readonly #store: DefinitionStore
  readonly #listeners = new Set<(change: RegistryChange) => void>()

  constructor(store: DefinitionStore) {
    this.#store = store
  }

  /** All definitions, by name. */
  list(): readonly ServerDefinition[] {
    return this.#store
      .get()
      .toSorted((a, b) => a.name.localeCompare(b.name, 'en') || a.id.localeCompare(b.id, 'en'))
  }

  /** One definition. Throws `not_found`. */
  get(id: ServerId): ServerDefinition {
    const server = this.#store.get().find((candidate) => candidate.id === id)
    if (server === undefined) throw new AppError('not_found', { name: id, known: [] })
    return server
  }

  /** Told after each saved change. The answer ends it. */
  onDidChange(listener: (change: RegistryChange) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Saves new definitions, all or none. Throws `name_taken` where a name is in use in its scope. */
  async add(servers: readonly ServerDefinition[]): Promise<void> {
    if (servers.length === 0) return
    await this.#store.update((current) => {
      const all = [...current, ...servers]
      for (const server of servers) assertNameFree(all, server)
      return all
    })
    for (const server of servers) this.#announce({ type: 'added', server })
  }

  /** Saves a changed definition. Throws `not_found` or `name_taken`. Answers with what was saved. */
  async change(
    id: ServerId,
    change: (server: ServerDefinition) => ServerDefinition,
  ): Promise<ServerDefinition> {
    const before = this.get(id)
    let server = before
    await this.#store.update((current) => {
      server = change(current.find((candidate) => candidate.id === id) ?? before)
      const all = current.map((candidate) => (candidate.id === id ? server : candidate))
      assertNameFree(all, server)
      return all
    })
    this.#announce({ type: 'changed', before, server })
    return server
  }

  /** Forgets a definition. Throws `not_found`. Answers with what it was. */
  async remove(id: ServerId): Promise<ServerDefinition> {
    const server = this.get(id)
    await this.#store.update((current) => current.filter((candidate) => candidate.id !== id))
    this.#announce({ type: 'removed', server })
    return server
  }

  #announce(change: RegistryChange): void {
    for (const listener of this.#listeners) listener(change)
  }
}

function assertNameFree(all: readonly ServerDefinition[], server: ServerDefinition): void {
  const taken = all.some(
    (other) =>
      other.id !== server.id &&
      other.name === server.name &&
      other.scope === server.scope &&
      other.project === server.project,
  )
  if (taken) throw new AppError('name_taken', { name: server.name, scope: server.scope })
}
