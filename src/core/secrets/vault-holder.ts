import type { VaultStatus } from '../../shared/contract/host.ts'
import type { SecretName } from '../../shared/domain/ids.ts'
import { openVault, type VaultOptions } from './open-vault.ts'
import type { SecretVault } from './secret-vault.ts'

/** The vault of a running core: opened at the first use, and opened anew when a person gives a passphrase. */
export class VaultHolder implements Pick<SecretVault, 'get' | 'set' | 'delete' | 'has'> {
  readonly #options: VaultOptions
  #opening: Promise<SecretVault>

  /** Begins to open the vault; a keychain may take a moment, and nothing at start-up waits for it. */
  constructor(options: VaultOptions) {
    this.#options = options
    this.#opening = openVault(options)
  }

  /** Which vault is in use; waits until it has been opened. */
  async status(): Promise<VaultStatus> {
    return statusOf(await this.#opening)
  }

  /** Opens the vault file with a passphrase, or makes it. Fails with `vault_locked` where the passphrase is wrong. */
  async unlock(passphrase: string): Promise<VaultStatus> {
    const vault = await openVault({ ...this.#options, keychain: 'never', passphrase })
    // A vault that does not open must not take the place of one that does.
    if (vault.state.status === 'ready') this.#opening = Promise.resolve(vault)
    return statusOf(vault)
  }

  async get(name: SecretName): Promise<string | null> {
    return await (await this.#opening).get(name)
  }

  async set(name: SecretName, value: string): Promise<void> {
    await (await this.#opening).set(name, value)
  }

  async delete(name: SecretName): Promise<boolean> {
    return await (await this.#opening).delete(name)
  }

  async has(name: SecretName): Promise<boolean> {
    return await (await this.#opening).has(name)
  }

  /** Whether secrets can be read and written now. */
  async isReady(): Promise<boolean> {
    return (await this.#opening).state.status === 'ready'
  }
}

function statusOf(vault: SecretVault): VaultStatus {
  return {
    kind: vault.kind,
    state: vault.state.status,
    problem: vault.state.status === 'ready' ? null : vault.state.reason,
  }
}
