import type { Account, AccountView } from '../../shared/domain/account.ts'
import type { ServerId } from '../../shared/domain/ids.ts'
import type { ServerDefinition } from '../../shared/domain/server-definition.ts'
import { qualifiedName } from '../../shared/domain/server-name.ts'
import type { ServerRegistry } from '../servers/server-registry.ts'
import { bareUrl } from './discover.ts'
import { optionsOf, type ServerIdentity } from './server-identity.ts'

/**
 * Finds the servers of an account. An address that holds references is the one that it had when the server was last resolved:
 * only to look may neither read a secret nor run a command.
 */
export class AccountUsers {
  readonly #registry: Pick<ServerRegistry, 'list' | 'onDidChange'>
  readonly #resolved = new Map<ServerId, { readonly written: string; readonly address: string }>()

  readonly #listeners = new Set<() => void>()

  constructor(registry: Pick<ServerRegistry, 'list' | 'onDidChange'>) {
    this.#registry = registry
    registry.onDidChange(() => this.#tell())
  }

  /** Told when an account may have other servers. The answer ends it. */
  onDidChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Notes what the address of a server has come to. */
  note({ definition, address }: ServerIdentity): void {
    const written = writtenUrl(definition)
    if (written === null || address === this.#addressOf(definition)) return
    this.#resolved.set(definition.id, { written, address })
    this.#tell()
  }

  /** The account, with its servers. */
  viewOf(account: Account): AccountView {
    const { serverUrl, label } = account
    const users = this.#registry
      .list()
      .filter((one) => optionsOf(one).account === label && this.#addressOf(one) === serverUrl)
    const usedBy = users.map((one) => ({ id: one.id, name: qualifiedName(one) }))
    return { ...account, usedBy }
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }

  #addressOf(definition: ServerDefinition): string | null {
    const written = writtenUrl(definition)
    if (written === null) return null
    const resolved = this.#resolved.get(definition.id)
    if (resolved?.written === written) return resolved.address
    const url = URL.parse(written)
    return url === null ? null : bareUrl(url)
  }
}

function writtenUrl({ transport }: ServerDefinition): string | null {
  return transport.type === 'http' || transport.type === 'sse' ? transport.url : null
}
