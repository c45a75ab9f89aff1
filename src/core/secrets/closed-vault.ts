import { AppError, type ErrorInfo } from '../../shared/domain/errors.ts'
import type { SecretVault, VaultKind, VaultState } from './secret-vault.ts'

/** A vault that cannot be used: each method fails with `reason`, so that no secret is ever thought to be stored. */
export function createClosedVault(
  kind: VaultKind,
  status: Exclude<VaultState['status'], 'ready'>,
  reason: ErrorInfo,
): SecretVault {
  const fail = (): Promise<never> => Promise.reject(new AppError(reason.code, reason.data))
  return {
    kind,
    state: { status, reason },
    get: fail,
    set: fail,
    delete: fail,
    has: fail,
  }
}
