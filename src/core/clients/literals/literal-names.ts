import { type SecretName, secretNameSchema } from '../../../shared/domain/ids.ts'
import { slugOf } from '../../secrets/find-credentials.ts'
import type { VaultHolder } from '../../secrets/vault-holder.ts'

/** Names that the program gives itself begin so. */
const reserved = /^(?:oauth|input|backup)\./

/** The name of a literal's secret, and whether the vault holds the value under it already. */
export interface LiteralName {
  readonly name: SecretName
  readonly isHeld: boolean
}

/**
 * Names the secrets of literals, by what the vault holds: a value that is there under its name keeps it, and no other value
 * is ever given that name. One value has one name.
 */
export class LiteralNames {
  readonly #vault: Pick<VaultHolder, 'get'> | null
  readonly #taken: ReadonlySet<SecretName>
  readonly #byValue = new Map<string, LiteralName>()
  readonly #given = new Set<SecretName>()

  /**
   * @param vault null where it cannot be asked now.
   * @param taken names that something refers to.
   */
  constructor(vault: Pick<VaultHolder, 'get'> | null, taken: ReadonlySet<SecretName>) {
    this.#vault = vault
    this.#taken = taken
  }

  /** Throws the vault's errors. */
  async nameOf(server: string, base: string, value: string): Promise<LiteralName> {
    const known = this.#byValue.get(value)
    if (known !== undefined) return known
    const whole = `${slugOf(server).slice(0, 60) || 'server'}.${base.slice(0, 60)}`
    const first = reserved.test(whole) ? `server-${whole}` : whole
    for (let count = 1; ; count += 1) {
      const name = secretNameSchema.parse(count === 1 ? first : `${first}-${count}`)
      if (this.#given.has(name)) continue
      const held = (await this.#vault?.get(name)) ?? null
      // Without an answer of the vault, what is in use is most likely this very value, from an import.
      const isFree = held === null && (this.#vault === null || !this.#taken.has(name))
      if (held !== value && !isFree) continue
      const found = { name, isHeld: held === value }
      this.#given.add(name)
      this.#byValue.set(value, found)
      return found
    }
  }
}
