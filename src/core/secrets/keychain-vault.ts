import { createHash, randomUUID } from 'node:crypto'
import { realpath } from 'node:fs/promises'
import { AppError } from '../../shared/domain/errors.ts'
import type { SecretName } from '../../shared/domain/ids.ts'
import type { SecretVault, VaultState } from './secret-vault.ts'
import { withTimeout } from './with-timeout.ts'

const service = 'mcp-manager'

/** What one entry of @napi-rs/keyring's `AsyncEntry` offers, as far as it is used here. */
interface KeychainEntry {
  setSecret(secret: Uint8Array): Promise<void>
  getSecret(): Promise<number[] | null>
  deleteCredential(): Promise<boolean>
}

/** What the keychain needs. */
export interface KeychainOptions {
  /** The data directory; entries of two directories never meet. It must exist. */
  readonly dataDir: string
  /** Bound of each call in milliseconds: a locked keychain asks the person for a password, and may wait for ever. */
  readonly timeoutMs: number
  /** Told when it answers a call that was given up, such as when the person has unlocked it: the state is `ready` then. */
  readonly onLateAnswer: () => Promise<void>
  /** Told what failed after a call was given up: nobody waits for it any more. */
  readonly onFault: (error: unknown) => void
}

/**
 * Opens the system's keychain: Secret Service on Linux, Keychain on macOS, Credential Manager on Windows. It is probed
 * by storing, reading and removing an entry, since a locked one answers reads with "no such entry". The state is
 * `unavailable` when there is none, and `locked` when it did not answer in time; a later call tries again.
 */
export async function openKeychainVault(options: KeychainOptions): Promise<SecretVault> {
  const digest = createHash('sha256')
    .update(await realpath(options.dataDir))
    .digest('hex')
  const namespace = digest.slice(0, 12)
  let state: VaultState = { status: 'ready' }

  const call = async <R>(
    account: string,
    action: (entry: KeychainEntry) => Promise<R>,
    undoLate?: (entry: KeychainEntry) => Promise<unknown>,
  ): Promise<R> => {
    try {
      const entry = await openEntry(account)
      const onLate = async (answer: R) => {
        await undoLate?.(entry)
        // A locked one says of every entry that there is none.
        if (answer === null || answer === false) return
        state = { status: 'ready' }
        await options.onLateAnswer()
      }
      const result = await withTimeout(action(entry), options.timeoutMs, onLate, options.onFault)
      state = { status: 'ready' }
      return result
    } catch (error) {
      const failure = describeFailure(error)
      if (failure.code !== 'invalid_input') state = stateOf(failure)
      throw failure
    }
  }

  const probe = async (): Promise<void> => {
    const value = randomUUID()
    const account = `${namespace}/probe-${value}`
    await call(account, (entry) => entry.setSecret(Buffer.from(value)), remove)
    const held = await call(account, (entry) => entry.getSecret())
    await call(account, remove)
    if (held === null || Buffer.from(held).toString() !== value) {
      const reason = 'The keychain did not give back what was stored in it.'
      throw new AppError('vault_unavailable', { reason })
    }
  }

  const read = async (name: SecretName): Promise<string | null> => {
    const held = await call(`${namespace}/${name}`, (entry) => entry.getSecret())
    if (held !== null) return Buffer.from(held).toString('utf8')
    // A keychain that was locked meanwhile says the same: ask before anyone believes that the secret is gone.
    await probe()
    return null
  }

  try {
    await probe()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    state = stateOf(error)
  }

  return {
    kind: 'keychain',
    get state() {
      return state
    },
    get: read,
    set: (name, value) =>
      call(`${namespace}/${name}`, (entry) => entry.setSecret(Buffer.from(value, 'utf8'))),
    delete: async (name) => {
      const was = await call(`${namespace}/${name}`, (entry) => entry.deleteCredential())
      // As in read: a locked keychain says that there was none.
      if (!was) await probe()
      return was
    },
    has: async (name) => (await read(name)) !== null,
  }
}

function stateOf(failure: AppError): VaultState {
  const status = failure.code === 'vault_locked' ? 'locked' : 'unavailable'
  return { status, reason: failure.toInfo() }
}

async function remove(entry: KeychainEntry): Promise<boolean> {
  return await entry.deleteCredential()
}

/** Loads the native module only now: where it is missing or cannot be loaded, that is "no keychain", not a crash. */
async function openEntry(account: string): Promise<KeychainEntry> {
  const { AsyncEntry } = await import('@napi-rs/keyring')
  // Without the store the package may fall back to the kernel's keyring, which forgets everything at a reboot.
  return new AsyncEntry(service, account, { linux: { store: 'secret-service' } })
}

/** What the systems say when the keychain is there and the person did not, or could not, unlock it. They give no codes. */
const lockedMessage = /\blocked\b|prompt|cancel|dismiss|interaction is not allowed/i
/** libdbus gives up by itself after a while, two seconds for most calls. */
const noAnswerMessage = /did not receive a reply/i
/** Windows takes 2560 bytes for one entry. */
const tooLongMessage = /longer than/i

function describeFailure(error: unknown): AppError {
  if (error instanceof AppError) return error
  const reason = error instanceof Error ? error.message : String(error)
  if (noAnswerMessage.test(reason)) {
    return new AppError('vault_locked', { reason: 'no_answer', keychain: reason }, { cause: error })
  }
  if (tooLongMessage.test(reason)) {
    return new AppError('invalid_input', { field: 'value', reason }, { cause: error })
  }
  if (lockedMessage.test(reason)) {
    const data = { reason: 'keychain_locked', keychain: reason }
    return new AppError('vault_locked', data, { cause: error })
  }
  return new AppError('vault_unavailable', { reason }, { cause: error })
}
