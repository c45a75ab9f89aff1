import type { ErrorInfo } from '../../shared/domain/errors.ts'
import type { SecretName } from '../../shared/domain/ids.ts'

/** Where the secrets are kept. `none`: nowhere, so none can be stored. */
export type VaultKind = 'keychain' | 'file' | 'none'

/** Whether secrets can be read and written now, and if not, why and what to do (for `describeError`). */
export type VaultState =
  | { readonly status: 'ready' }
  | { readonly status: 'locked' | 'unavailable'; readonly reason: ErrorInfo }

/**
 * Keeps the values that `secret://name` stands for. While it is not ready every method fails with the error of its
 * state: `vault_locked` (a person can unlock it), `vault_unavailable`, or `state_corrupt`.
 */
export interface SecretVault {
  readonly kind: VaultKind
  /** As far as is known now: a keychain can be locked or unlocked at any time. */
  readonly state: VaultState
  /** The value, or null when there is no such secret. */
  get(name: SecretName): Promise<string | null>
  /** Stores a value, in place of an earlier one. @throws AppError `invalid_input` too, for one that is too long for the keychain (2560 bytes on Windows). */
  set(name: SecretName, value: string): Promise<void>
  /** Stores several values as one step: all or none. Missing where each is a step of its own. */
  readonly setAll?: (values: ReadonlyMap<SecretName, string>) => Promise<void>
  /** Removes a secret. Returns whether there was one. */
  delete(name: SecretName): Promise<boolean>
  /** Whether there is such a secret. */
  has(name: SecretName): Promise<boolean>
}
