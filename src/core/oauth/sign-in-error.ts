import { AppError, type ErrorData } from '../../shared/domain/errors.ts'

/** Why a sign-in cannot go on. Each has a text under `sign_in_failed.reason`. */
export type SignInReason =
  | 'no_authorization_server'
  | 'bad_metadata'
  | 'issuer_mismatch'
  | 'issuer_changed'
  | 'resource_mismatch'
  | 'insecure_address'
  | 'address_refused'
  | 'redirect_refused'
  | 'too_large'
  | 'too_slow'
  | 'unreachable'
  | 'no_pkce'
  | 'no_client'
  | 'registration_refused'
  | 'port_in_use'
  | 'bad_response'
  | 'code_alone'
  | 'denied'
  | 'token_refused'
  | 'nobody_came'

/** Builds a `sign_in_failed`. What `detail` holds is shown and logged: no token, code or secret. */
export function signInError(
  reason: SignInReason,
  data: ErrorData = {},
  options?: { cause?: unknown },
): AppError {
  return new AppError('sign_in_failed', { reason, ...data }, options)
}

/** The reason of a `sign_in_failed`; undefined for another error. */
export function signInReasonOf(error: unknown): unknown {
  return error instanceof AppError && error.code === 'sign_in_failed'
    ? error.data['reason']
    : undefined
}
