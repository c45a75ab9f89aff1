import type { VaultStatus } from '../../shared/contract/host.ts'
import { AppError } from '../../shared/domain/errors.ts'
import type { SecretName } from '../../shared/domain/ids.ts'
import { minPassphraseLength } from '../../shared/domain/vault-passphrase.ts'
import { createTurns } from '../../shared/lib/take-turns.ts'
import { rekeyFileVault } from './file-vault.ts'
import { hasVaultFile, openVault, type VaultOptions, vaultFileOf } from './open-vault.ts'
import type { SecretVault } from './secret-vault.ts'

/** What the holder needs. */
export interface VaultHolderOptions extends VaultOptions {
  /** Told of every value that goes in or out, so that it is redacted in all that leaves this program. */
  readonly onSecret?: (name: SecretName, value: string) => void
}

type StoreListener = (names: readonly SecretName[], isStored: boolean) => Promise<void>

/** The vault of a running core: opened at the first use, and opened anew when a person gives a passphrase. */
export class VaultHolder implements Pick<SecretVault, 'get' | 'set' | 'delete' | 'has'> {
  readonly #options: VaultHolderOptions
  readonly #listeners = new Set<(status: VaultStatus) => void>()
  readonly #storeListeners = new Set<StoreListener>()
  #opening: Promise<SecretVault> | null = null
  /** The status that the listeners know, as JSON. */
  #told = ''
  /** For what changes what is stored, or who opens it: two vaults of one file would each write over what the other has written. */
  readonly #inTurn = createTurns()

  constructor(options: VaultHolderOptions) {
    this.#options = options
  }

  /** Which vault is in use; waits until it has been opened. */
  async status(): Promise<VaultStatus> {
    return await this.#use(async (vault) => statusOf(vault))
  }

  /** Told of the status when it has changed, as far as it shows: a keychain's shows at its next use, or
   * when it answers a call that was given up. The answer ends it. */
  onDidChange(listener: (status: VaultStatus) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Told of secrets that were stored or deleted; whoever did it waits for the listener. The answer ends it. */
  onDidStore(listener: StoreListener): () => void {
    this.#storeListeners.add(listener)
    return () => this.#storeListeners.delete(listener)
  }

  /**
   * Opens the vault file with a passphrase, or makes it; the status says whether it is open.
   * @throws AppError `invalid_input` where there is none yet and the passphrase is too short for a new one.
   */
  async unlock(passphrase: string): Promise<VaultStatus> {
    if (!(await hasVaultFile(this.#options.dataDir))) assertLongEnough(passphrase)
    return await this.#inTurn(async () => {
      const vault = await this.#openFile(passphrase)
      // A vault that does not open must not take the place of one that does.
      if (vault.state.status === 'ready') {
        this.#opening = Promise.resolve(vault)
        this.#tell(vault)
      }
      return statusOf(vault)
    })
  }

  /**
   * Seals the vault file with another passphrase, which then is the only one that opens it. Throws `vault_locked` where the
   * current one is wrong, `invalid_input` where the new one is too short or secrets are not kept in a file, `state_corrupt`
   * where a secret cannot be read; nothing is changed then.
   */
  async changePassphrase(current: string, next: string): Promise<VaultStatus> {
    const { dataDir, now, onNotice } = this.#options
    const { kind } = await this.status()
    if (kind !== 'file') {
      throw new AppError('invalid_input', { reason: 'Secrets are not kept in a vault file.' })
    }
    assertLongEnough(next)
    return await this.#inTurn(async () => {
      const held = this.#vault()
      const file = vaultFileOf(dataDir)
      const change = async () => {
        await rekeyFileVault({ file, key: current, now, onNotice }, next)
        return await this.#openFile(next)
      }
      const changed = change()
      // The one that is open will not open the file any more: who reads waits for the next one.
      this.#opening = changed.catch(() => held)
      const vault = await changed
      this.#tell(vault)
      return statusOf(vault)
    })
  }

  async get(name: SecretName): Promise<string | null> {
    const value = await this.#use((vault) => vault.get(name))
    if (value !== null) this.#options.onSecret?.(name, value)
    return value
  }

  async set(name: SecretName, value: string): Promise<void> {
    // Before, so that no failure on the way can tell it.
    this.#options.onSecret?.(name, value)
    await this.#inTurn(() => this.#use((vault) => vault.set(name, value)))
    for (const listener of this.#storeListeners) await listener([name], true)
  }

  /** Stores several values: in a vault file as one step, all or none; in a keychain those before one that fails are kept. */
  async setAll(values: ReadonlyMap<SecretName, string>): Promise<void> {
    if (values.size === 0) return
    for (const [name, value] of values) this.#options.onSecret?.(name, value)
    const isStored = await this.#inTurn(() =>
      this.#use(async (vault) => {
        await vault.setAll?.(values)
        return vault.setAll !== undefined
      }),
    )
    if (isStored) {
      for (const listener of this.#storeListeners) await listener([...values.keys()], true)
    } else {
      for (const [name, value] of values) await this.set(name, value)
    }
  }

  async delete(name: SecretName): Promise<boolean> {
    const was = await this.#inTurn(() => this.#use((vault) => vault.delete(name)))
    for (const listener of this.#storeListeners) await listener([name], false)
    return was
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
    } catch (error) {
      // One that opens the file with another passphrase may have taken its place meanwhile.
      const next = await this.#vault()
      if (next === vault) throw error
      return await run(next)
    } finally {
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

  /** A key of the environment that does not open the file must not take the place of what the person gives. */
  async #openFile(passphrase: string): Promise<SecretVault> {
    const options = { ...this.#options, keychain: 'never', vaultKey: undefined } as const
    return await openVault({ ...options, passphrase })
  }

  /** A keychain may have to be asked, and a key costs half a second to derive: only who needs a secret waits for that. */
  #vault(): Promise<SecretVault> {
    this.#opening ??= openVault({ ...this.#options, onLateAnswer: () => this.#tellOfLate() })
    return this.#opening
  }

  async #tellOfLate(): Promise<void> {
    this.#tell(await this.#vault())
  }
}

function assertLongEnough(passphrase: string): void {
  const length = Array.from(passphrase).length
  if (length >= minPassphraseLength) return
  throw new AppError('invalid_input', {
    field: 'passphrase',
    reason: `The passphrase has ${length} characters. A new vault needs ${minPassphraseLength} or more.`,
  })
}

function statusOf(vault: SecretVault): VaultStatus {
  return {
    kind: vault.kind,
    state: vault.state.status,
    problem: vault.state.status === 'ready' ? null : vault.state.reason,
  }
}
