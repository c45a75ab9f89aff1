import { access, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError, type ErrorInfo } from '../../shared/domain/errors.ts'
import { createClosedVault } from './closed-vault.ts'
import { openFileVault } from './file-vault.ts'
import { openKeychainVault } from './keychain-vault.ts'
import type { SecretVault } from './secret-vault.ts'

/** What decides where the secrets are kept. */
export interface VaultOptions {
  /** The data directory; made if it is missing (mode 0700). The vault file is `vault.json` in it. */
  readonly dataDir: string
  /** The key from `takeVaultKey`. It selects the vault file even beside a keychain. */
  readonly vaultKey?: string | undefined
  /** A passphrase that the person gave, for where there is neither a key nor a keychain. */
  readonly passphrase?: string | undefined
  /** `auto`: use the keychain where there is one. `never`: leave it alone. */
  readonly keychain: 'auto' | 'never'
  /** Bound of each call to the keychain in milliseconds. */
  readonly keychainTimeoutMs: number
  /** See `KeychainOptions`. */
  readonly onLateAnswer?: () => Promise<void>
  /** See `KeychainOptions`. */
  readonly onFault?: (error: unknown) => void
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
  /** Hears what the vault file has to say about a damaged file (see StateFileOptions). */
  readonly onNotice: (notice: ErrorInfo) => void
}

/**
 * Opens the vault: the vault file if a key is given; else the keychain if it answers; else the vault file if a
 * passphrase is given; else one that is closed and says why. Never throws for a vault that cannot be used: the reason
 * is in its `state`, and each of its methods fails with it.
 *
 * Without a key or a passphrase: `vault_locked` (reason `key_missing`, kind `file`) where a vault file exists,
 * `vault_locked` (reason `no_answer`, kind `keychain`) where the keychain waits for the person, else
 * `vault_unavailable` (kind `none`) with what the keychain said as `reason`.
 */
export async function openVault(options: VaultOptions): Promise<SecretVault> {
  const file = vaultFileOf(options.dataDir)
  const openFile = (key: string): Promise<SecretVault> =>
    openFileVault({ file, key, now: options.now, onNotice: options.onNotice })

  if (options.vaultKey !== undefined) return openFile(options.vaultKey)
  const keychain = await tryKeychain(options)
  if (keychain?.state.status === 'ready') return keychain
  if (options.passphrase !== undefined && options.passphrase !== '') {
    return openFile(options.passphrase)
  }
  if (await exists(file)) {
    const reason: ErrorInfo = { code: 'vault_locked', data: { file, reason: 'key_missing' } }
    return createClosedVault('file', 'locked', reason)
  }
  if (keychain?.state.status === 'locked') return keychain
  const reason: ErrorInfo = keychain?.state.reason ?? {
    code: 'vault_unavailable',
    data: { reason: 'The keychain is switched off.' },
  }
  return createClosedVault('none', 'unavailable', reason)
}

async function tryKeychain(options: VaultOptions): Promise<SecretVault | null> {
  if (options.keychain === 'never') return null
  try {
    await mkdir(options.dataDir, { recursive: true, mode: 0o700 })
    const { dataDir, keychainTimeoutMs: timeoutMs } = options
    const { onLateAnswer = async () => {}, onFault = () => {} } = options
    return await openKeychainVault({ dataDir, timeoutMs, onLateAnswer, onFault })
  } catch (error) {
    // The data directory cannot be made or resolved: without it there is no namespace for the entries.
    const reason = error instanceof Error ? error.message : String(error)
    const { code, data } = new AppError('vault_unavailable', { reason })
    return createClosedVault('none', 'unavailable', { code, data })
  }
}

/** Whether there is a vault file to unlock; without one, a passphrase makes it. */
export async function hasVaultFile(dataDir: string): Promise<boolean> {
  return await exists(vaultFileOf(dataDir))
}

/** Where a data directory keeps its vault file. */
export function vaultFileOf(dataDir: string): string {
  return join(dataDir, 'vault.json')
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file)
    return true
  } catch {
    // Whatever the cause, there is no vault file that could be unlocked.
    return false
  }
}
