import { randomBytes } from 'node:crypto'
import { AppError } from '../../shared/domain/errors.ts'
import { type SecretName, type ServerId, serverIdSchema } from '../../shared/domain/ids.ts'
import type { ServerDefinition } from '../../shared/domain/server-definition.ts'
import { renameSecretsInServer, secretNamesIn } from '../secrets/secret-references.ts'

/** A definition that was removed and is kept aside for a while. */
export interface RemovedServer {
  readonly server: ServerDefinition
  /** Milliseconds since the Unix epoch. */
  readonly removedAt: number
}

/** All that is stored of servers. */
export interface StoredServers {
  readonly servers: readonly ServerDefinition[]
  readonly removed: readonly RemovedServer[]
}

/** Where the definitions are kept. `update` resolves once they are on disk, and rejects with `state_read_only` where they cannot be. */
export interface DefinitionStore {
  readonly get: () => StoredServers
  readonly update: (change: (stored: StoredServers) => StoredServers) => Promise<void>
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

  readonly #now: () => number
  readonly #namesElsewhere: () => readonly SecretName[]

  /**
   * @param now milliseconds since the Unix epoch.
   * @param namesElsewhere the secrets that something else than a definition relies on.
   */
  constructor(
    store: DefinitionStore,
    now: () => number,
    namesElsewhere: () => readonly SecretName[] = () => [],
  ) {
    this.#store = store
    this.#now = now
    this.#namesElsewhere = namesElsewhere
  }

  /** All definitions, by name. */
  list(): readonly ServerDefinition[] {
    return this.#store
      .get()
      .servers.toSorted(
        (a, b) => a.name.localeCompare(b.name, 'en') || a.id.localeCompare(b.id, 'en'),
      )
  }

  /** One definition. Throws `not_found`. */
  get(id: ServerId): ServerDefinition {
    const server = this.#store.get().servers.find((candidate) => candidate.id === id)
    if (server === undefined) throw new AppError('not_found', { name: id, known: [] })
    return server
  }

  /** What was removed and is still kept aside, the oldest first. */
  removed(): readonly RemovedServer[] {
    return this.#store.get().removed
  }

  /** Every secret that is in use, by definitions of removed servers too: their names are not free. */
  secretNames(): ReadonlySet<SecretName> {
    return this.#secretNamesOf(() => true)
  }

  /** The secrets that are in use by anything but this server. */
  secretNamesWithout(id: ServerId): ReadonlySet<SecretName> {
    return this.#secretNamesOf((server) => server.id !== id)
  }

  /** Told after each saved change. The answer ends it. */
  onDidChange(listener: (change: RegistryChange) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Saves new definitions, all or none. Throws `name_taken` where a name is in use in its scope. */
  async add(servers: readonly ServerDefinition[]): Promise<void> {
    if (servers.length === 0) return
    await this.#store.update((stored) => {
      const all = [...stored.servers, ...servers]
      for (const server of servers) assertNameFree(all, server)
      return { ...stored, servers: all }
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
    await this.#store.update((stored) => {
      server = change(stored.servers.find((candidate) => candidate.id === id) ?? before)
      const all = stored.servers.map((candidate) => (candidate.id === id ? server : candidate))
      assertNameFree(all, server)
      return { ...stored, servers: all }
    })
    this.#announce({ type: 'changed', before, server })
    return server
  }

  /** Removes a definition and keeps it aside. Throws `not_found`. Answers with what it was. */
  async remove(id: ServerId): Promise<ServerDefinition> {
    let server = this.get(id)
    await this.#store.update((stored) => {
      // A change that was waiting for the disk is part of what is kept.
      server = stored.servers.find((candidate) => candidate.id === id) ?? server
      const removedAt = this.#now()
      return {
        servers: stored.servers.filter((candidate) => candidate.id !== id),
        removed: [...stored.removed.filter((one) => one.server.id !== id), { server, removedAt }],
      }
    })
    this.#announce({ type: 'removed', server })
    return server
  }

  /** Brings back what was removed, as it was. Throws `not_found` once it is forgotten, or `name_taken`. */
  async restore(id: ServerId): Promise<ServerDefinition> {
    const kept = this.removed().find((one) => one.server.id === id)
    if (kept === undefined) throw new AppError('not_found', { name: id, known: [] })
    const { server } = kept
    await this.#store.update((stored) => {
      // Two may ask at once.
      if (stored.servers.some((candidate) => candidate.id === id)) return stored
      const servers = [...stored.servers, server]
      assertNameFree(servers, server)
      return { servers, removed: stored.removed.filter((one) => one.server.id !== id) }
    })
    this.#announce({ type: 'added', server })
    return server
  }

  /** Forgets a removed definition for good; one that is not kept aside is ignored. */
  async forget(id: ServerId): Promise<void> {
    await this.#store.update((stored) => ({
      ...stored,
      removed: stored.removed.filter((one) => one.server.id !== id),
    }))
  }

  /**
   * Gives secrets other names in every definition, those of removed servers too, in one step. Nothing that is run changes by
   * that, so listeners are told of no difference but get the new definition.
   */
  async renameSecrets(names: ReadonlyMap<SecretName, SecretName>): Promise<void> {
    const isConcerned = (server: ServerDefinition) =>
      secretNamesIn(server).some((name) => names.has(name))
    const renamed = (server: ServerDefinition) =>
      isConcerned(server) ? renameSecretsInServer(server, names) : server
    const concerned = new Set<ServerId>()
    await this.#store.update((stored) => {
      for (const server of stored.servers) if (isConcerned(server)) concerned.add(server.id)
      return {
        servers: stored.servers.map(renamed),
        removed: stored.removed.map((one) => ({ ...one, server: renamed(one.server) })),
      }
    })
    for (const id of concerned) {
      const server = this.get(id)
      this.#announce({ type: 'changed', before: server, server })
    }
  }

  #secretNamesOf(counts: (server: ServerDefinition) => boolean): ReadonlySet<SecretName> {
    const { servers, removed } = this.#store.get()
    const all = [...servers, ...removed.map((one) => one.server)].filter(counts)
    return new Set([...all.flatMap((server) => secretNamesIn(server)), ...this.#namesElsewhere()])
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
