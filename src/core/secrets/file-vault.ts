import * as z from 'zod'
import { AppError, type ErrorInfo } from '../../shared/domain/errors.ts'
import { type SecretName, secretNameSchema } from '../../shared/domain/ids.ts'
import { openStateFile, type StateFile } from '../storage/state-file.ts'
import { createClosedVault } from './closed-vault.ts'
import type { SecretVault } from './secret-vault.ts'
import {
  deriveKey,
  type KeyDerivation,
  keyDerivationSchema,
  newKeyDerivation,
  type Sealed,
  seal,
  sealedSchema,
  unseal,
} from './vault-cipher.ts'

/** Sealed with every new vault: whether it opens tells a wrong key from a damaged secret. */
const check = { label: 'mcp-manager vault', text: 'this is the right key' }

const vaultSchema = z.strictObject({
  /** Null until the first secret is stored. */
  lock: z.strictObject({ derivation: keyDerivationSchema, check: sealedSchema }).nullable(),
  secrets: z.record(secretNameSchema, sealedSchema),
})
type VaultData = z.infer<typeof vaultSchema>

/** What the encrypted vault file needs. */
export interface FileVaultOptions {
  /** Absolute path of the file. */
  readonly file: string
  /** The key or passphrase. */
  readonly key: string
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
  readonly onNotice: (notice: ErrorInfo) => void
}

/**
 * Opens the encrypted vault file: each secret sealed by AES-256-GCM under a key made by scrypt, mode 0600. The key is made
 * once. A wrong key gives a vault in state `locked` (`vault_locked`, reason `wrong_key`), a damaged file whose backup
 * is damaged too one in state `unavailable` (`state_corrupt`); neither ever changes the file.
 */
export async function openFileVault(options: FileVaultOptions): Promise<SecretVault> {
  const { file } = options
  try {
    const state = await openVaultState(options)
    const keyOf = keyMaker(options.key)
    const unlock = async (data: VaultData): Promise<Buffer | null> => {
      if (data.lock === null) return null
      const key = await keyOf(data.lock.derivation)
      assertOpens(key, data, file)
      return key
    }
    await unlock(state.get())
    return createFileVault(file, state, unlock, keyOf)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const status = error.code === 'vault_locked' ? 'locked' : 'unavailable'
    return createClosedVault('file', status, error.toInfo())
  }
}

/**
 * Seals the lock and every secret of a vault file anew, as one step: a crash leaves either the old file or the new one. Throws
 * `vault_locked` (`wrong_key`), `state_corrupt` where a secret cannot be read, or `state_read_only`; the file is then as it was.
 */
export async function rekeyFileVault(options: FileVaultOptions, nextKey: string): Promise<void> {
  const { file } = options
  const state = await openVaultState(options)
  const { lock } = state.get()
  const key = lock === null ? null : await deriveKey(options.key, lock.derivation)
  if (key !== null) assertOpens(key, state.get(), file, { current: 'wrong' })
  const derivation = newKeyDerivation()
  const next = await deriveKey(nextKey, derivation)
  await state.update((data) => {
    if (key !== null) assertOpens(key, data, file)
    const secrets = Object.entries(data.secrets).map(([id, sealed]) => {
      const name = secretNameSchema.parse(id)
      const value = key === null ? null : unseal(key, name, sealed)
      if (value === null) throw damaged(file, name)
      return [name, seal(next, name, value)]
    })
    return {
      lock: { derivation, check: seal(next, check.label, check.text) },
      secrets: Object.fromEntries(secrets),
    }
  })
}

function openVaultState(options: FileVaultOptions): Promise<StateFile<VaultData>> {
  return openStateFile<VaultData>({
    file: options.file,
    schema: vaultSchema,
    version: 1,
    migrations: {},
    defaults: () => ({ lock: null, secrets: {} }),
    now: options.now,
    onNotice: options.onNotice,
    whenLost: 'throw',
    rereadBeforeUpdate: true,
  })
}

/** Another writer may have replaced the vault since: what this key cannot open, it must not write into. */
function assertOpens(
  key: Buffer,
  { lock }: VaultData,
  file: string,
  data: { readonly current?: 'wrong' } = {},
): void {
  if (lock !== null && unseal(key, check.label, lock.check) === check.text) return
  throw new AppError('vault_locked', { file, reason: 'wrong_key', ...data })
}

function damaged(file: string, name: SecretName): AppError {
  return new AppError('state_corrupt', { file, reason: 'damaged_secret', name })
}

/** Makes the key for a salt once: it takes half a second. */
function keyMaker(secret: string): (derivation: KeyDerivation) => Promise<Buffer> {
  const made = new Map<string, Promise<Buffer>>()
  return (derivation) => {
    const id = JSON.stringify(derivation)
    const held = made.get(id)
    if (held !== undefined) return held
    const key = deriveKey(secret, derivation)
    made.set(id, key)
    return key
  }
}

function createFileVault(
  file: string,
  state: StateFile<VaultData>,
  unlock: (data: VaultData) => Promise<Buffer | null>,
  keyOf: (derivation: KeyDerivation) => Promise<Buffer>,
): SecretVault {
  const read = async (name: SecretName): Promise<string | null> => {
    const data = await state.reload()
    const key = await unlock(data)
    const sealed = sealedOf(data, name)
    if (key === null || sealed === undefined) return null
    const value = unseal(key, name, sealed)
    if (value === null) throw damaged(file, name)
    return value
  }
  let creating: Promise<Buffer> | null = null
  const createLock = async (): Promise<Buffer> => {
    const derivation = newKeyDerivation()
    const key = await keyOf(derivation)
    const lock = { derivation, check: seal(key, check.label, check.text) }
    await state.update((data) => (data.lock === null ? { ...data, lock } : data))
    return key
  }
  const keyForWriting = async (): Promise<Buffer> => {
    const key = await unlock(await state.reload())
    if (key !== null) return key
    // Of several first secrets at once one makes the lock, and the others wait for it.
    creating ??= createLock().finally(() => {
      creating = null
    })
    return creating
  }
  const store = async (values: ReadonlyMap<SecretName, string>): Promise<void> => {
    const key = await keyForWriting()
    await state.update((data) => {
      assertOpens(key, data, file)
      const sealed = [...values].map(([name, value]) => [name, seal(key, name, value)] as const)
      return { ...data, secrets: { ...data.secrets, ...Object.fromEntries(sealed) } }
    })
  }
  return {
    kind: 'file',
    state: { status: 'ready' },
    get: read,
    has: async (name) => {
      const data = await state.reload()
      return sealedOf(data, name) !== undefined
    },
    set: (name, value) => store(new Map([[name, value]])),
    setAll: store,
    delete: async (name) => {
      await unlock(await state.reload())
      let was = false
      await state.update((data) => {
        was = sealedOf(data, name) !== undefined
        const { [name]: _gone, ...secrets } = data.secrets
        return was ? { ...data, secrets } : data
      })
      return was
    },
  }
}

/** By own keys only: `constructor` is a good name for a secret, and each object inherits one. */
function sealedOf(data: VaultData, name: SecretName): Sealed | undefined {
  return Object.hasOwn(data.secrets, name) ? data.secrets[name] : undefined
}
