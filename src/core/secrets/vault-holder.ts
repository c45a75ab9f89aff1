import type { VaultStatus } from '../../shared/contract/host.ts'
import { AppError } from '../../shared/domain/errors.ts'
import type { SecretName } from '../../shared/domain/ids.ts'
import { minPassphraseLength } from '../../shared/domain/vault-passphrase.ts'
import { hasVaultFile, openVault, type VaultOptions } from './open-vault.ts'
import type { SecretVault } from './secret-vault.ts'

/** The vault of a running core: opened at the first use, and opened anew when a person gives a passphrase. */
export class VaultHolder implements Pick<SecretVault, 'get' | 'set' | 'delete' | 'has'> {
  readonly #options: VaultOptions
  readonly #listeners = new Set<(status: VaultStatus) => void>()
  #opening: Promise<SecretVault> | null = null
  /** The status that the listeners know, as JSON. */
  #told = ''

  constructor(options: VaultOptions) {
    this.#options = options
  }

  /** Which vault is in use; waits until it has been opened. */
  async status(): Promise<VaultStatus> {
    return await this.#use(async (vault) => statusOf(vault))
  }

  /** Told of the status when it has changed, as far as it shows: a keychain's shows at its next use. The answer ends it. */
  onDidChange(listener: (status: VaultStatus) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /**
   * Opens the vault file with a passphrase, or makes it; the status says whether it is open.
   * @throws AppError `invalid_input` where there is none yet and the passphrase is too short for a new one.
   */
  async unlock(passphrase: string): Promise<VaultStatus> {
    const length = Array.from(passphrase).length
    if (length < minPassphraseLength && !(await hasVaultFile(this.#options.dataDir))) {
      throw new AppError('invalid_input', {
        field: 'passphrase',
        reason: `The passphrase has ${length} characters. A new vault needs ${minPassphraseLength} or more.`,
      })
    }
    const options = { ...this.#options, keychain: 'never', passphrase } as const
    // A key of the environment that does not open the file must not take the place of what the person gives.
    const vault = await openVault({ ...options, vaultKey: undefined })
    // A vault that does not open must not take the place of one that does.
    if (vault.state.status === 'ready') {
      this.#opening = Promise.resolve(vault)
      this.#tell(vault)
    }
    return statusOf(vault)
  }

  async get(name: SecretName): Promise<string | null> {
    return await this.#use((vault) => vault.get(name))
  }

  async set(name: SecretName, value: string): Promise<void> {
    await this.#use((vault) => vault.set(name, value))
  }

  async delete(name: SecretName): Promise<boolean> {
    return await this.#use((vault) => vault.delete(name))
  }

  async has(name: SecretName): Promise<boolean> {
    return await this.#use((vault) => vault.has(name))
  }

  /** Whether secrets can be read and written now. */
  async isReady(): Promise<boolean> {
    return await this.#use(async (vault) => vault.state.status === 'ready')
  }

  async #use<T>(run: (vault: SecretVault) => Promise<T>): Promise<T> {
    const vault = await this.#vault()
    try {
      return await run(vault)
    } finally {
      // Another one may have taken its place meanwhile.
      if ((await this.#opening) === vault) this.#tell(vault)
    }
  }

  #tell(vault: SecretVault): void {
    const status = statusOf(vault)
    const told = JSON.stringify(status)
    if (told === this.#told) return
    this.#told = told
    for (const listener of this.#listeners) listener(status)
  }

  /** A keychain may have to be asked, and a key costs half a second to derive: only who needs a secret waits for that. */
  #vault(): Promise<SecretVault> {
    this.#opening ??= openVault(this.#options)
    return this.#opening
  }
}

function statusOf(vault: SecretVault): VaultStatus {
  return {
    kind: vault.kind,
    state: vault.state.status,
    problem: vault.state.status === 'ready' ? null : vault.state.reason,
  }
}
