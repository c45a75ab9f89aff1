import { AppError } from '../../shared/domain/errors.ts'
import type { SecretName, ServerId } from '../../shared/domain/ids.ts'
import type { ServerDefinition } from '../../shared/domain/server-definition.ts'
import { secretNamesIn } from '../secrets/secret-references.ts'
import type { VaultHolder } from '../secrets/vault-holder.ts'
import type { RemovedServer, ServerRegistry } from './server-registry.ts'

/** How long a removed server can be brought back at most, in milliseconds. */
const keptMs = 60 * 60 * 1000
/** How soon it is tried again where one could not be forgotten, in milliseconds. */
const retryMs = 60 * 1000

/** What the removed servers need of their surroundings. */
export interface RemovedServersOptions {
  readonly registry: ServerRegistry
  readonly vault: Pick<VaultHolder, 'delete' | 'isReady'>
  /** Forgets the account that only this server used, and none of the others. */
  readonly forgetAccount: (
    server: ServerDefinition,
    others: readonly ServerDefinition[],
  ) => Promise<void>
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
  /** Told of a server that could not be forgotten: it stays aside until the next try. */
  readonly onFault: (error: unknown) => void
}

/**
 * Keeps removed servers aside with their secrets, so that they can be brought back, and forgets them after an hour or when
 * the program ends. What a killed program left is forgotten at the next start. A definition goes after its secrets, so that
 * no secret is left that nothing names.
 */
export class RemovedServers {
  readonly #options: RemovedServersOptions
  /** Servers whose secrets are being deleted: it is too late to bring them back. */
  readonly #going = new Set<ServerId>()
  #purging: Promise<void> = Promise.resolve()
  #timer: NodeJS.Timeout | undefined
  #closed = false

  constructor(options: RemovedServersOptions) {
    this.#options = options
    // Whatever is aside now is of an earlier run.
    if (options.registry.removed().length > 0) void this.#purge(Number.POSITIVE_INFINITY)
  }

  /** Removes a server and keeps it aside. Throws `not_found`. */
  async remove(id: ServerId): Promise<ServerDefinition> {
    const server = await this.#options.registry.remove(id)
    this.#scheduleNext()
    return server
  }

  /** Brings a removed server back as it was. Throws `not_found` once it is forgotten, or `name_taken`. */
  async restore(id: ServerId): Promise<ServerDefinition> {
    if (this.#going.has(id)) throw new AppError('not_found', { name: id, known: [] })
    return await this.#options.registry.restore(id)
  }

  /** Forgets all that is aside. Never rejects. */
  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    await this.#purge(Number.POSITIVE_INFINITY)
  }

  /** Forgets what was removed at `until` or before. One after the other, so that two do not work on the same. */
  #purge(until: number): Promise<void> {
    const due = this.#options.registry.removed().filter((one) => one.removedAt <= until)
    this.#purging = this.#purging.then(async () => {
      for (const one of due) await this.#forget(one)
    })
    return this.#purging
  }

  async #forget({ server }: RemovedServer): Promise<void> {
    const { registry, vault, onFault } = this.#options
    // Brought back while it waited for its turn, or forgotten by another one.
    if (!registry.removed().some((one) => one.server.id === server.id)) return
    this.#going.add(server.id)
    try {
      const names = this.#ownSecrets(server)
      if (names.length > 0) {
        // A vault that is locked keeps them; without the definition nobody would know of them any more.
        if (!(await vault.isReady())) return
        for (const name of names) await vault.delete(name)
      }
      await this.#options.forgetAccount(server, this.#others(server))
      await registry.forget(server.id)
    } catch (error) {
      onFault(error)
    } finally {
      this.#going.delete(server.id)
    }
  }

  /** The secrets that nothing else uses. */
  #ownSecrets(server: ServerDefinition): SecretName[] {
    const used = this.#options.registry.secretNamesWithout(server.id)
    return secretNamesIn(server).filter((name) => !used.has(name))
  }

  #others(server: ServerDefinition): ServerDefinition[] {
    const { registry } = this.#options
    return [
      ...registry.list(),
      ...registry
        .removed()
        .map((one) => one.server)
        .filter((other) => other.id !== server.id),
    ]
  }

  #scheduleNext(): void {
    if (this.#closed || this.#timer !== undefined) return
    const [next] = this.#options.registry.removed()
    if (next === undefined) return
    const { now } = this.#options
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined
        const until = now() - keptMs
        void this.#purge(until).then(() => this.#scheduleNext())
      },
      Math.max(retryMs, next.removedAt + keptMs - now()),
    )
    // Nothing has to wait for it: the end of the program forgets them too.
    this.#timer.unref()
  }
}
