import {
  SdkError,
  SdkErrorCode,
  SdkHttpError,
  UnauthorizedError,
} from '@modelcontextprotocol/client'
import { AppError, type ErrorCode } from '../../shared/domain/errors.ts'

/** Failures that another attempt cannot mend: they wait for a person. */
const notRetryable: ReadonlySet<ErrorCode> = new Set([
  'not_runnable',
  'command_not_found',
  'directory_not_found',
  'permission_denied',
  'config_invalid',
  'variable_unset',
  'secret_missing',
  'vault_locked',
  'vault_unavailable',
  'auth_required',
])

/** Whether a start that failed with this code is worth another attempt. */
export function isRetryable(code: ErrorCode): boolean {
  return !notRetryable.has(code)
}

/** What went wrong in a handshake or a connection, as one of our errors; one of ours passes through. */
export function toLaunchError(error: unknown, where: { readonly seconds: number }): AppError {
  if (error instanceof AppError) return error
  const reason = error instanceof Error ? error.message : String(error)
  const cause = { cause: error }
  if (error instanceof UnauthorizedError) return new AppError('auth_required', { reason }, cause)
  if (error instanceof SdkHttpError) {
    const status = error.data.status
    if (status === 401 || status === 403) {
      return new AppError('auth_required', { reason, status }, cause)
    }
    return new AppError('unreachable', { reason, status }, cause)
  }
  if (error instanceof SdkError) {
    switch (error.code) {
      case SdkErrorCode.RequestTimeout:
        return new AppError('handshake_timeout', { seconds: where.seconds }, cause)
      case SdkErrorCode.ClientHttpAuthentication:
      case SdkErrorCode.ClientHttpForbidden:
        return new AppError('auth_required', { reason }, cause)
      default:
        break
    }
  }
  const network = networkReason(error)
  if (network !== undefined) return new AppError('unreachable', { reason: network }, cause)
  return new AppError('handshake_failed', { reason }, cause)
}

/** The network's own reason, which the SDK and undici hide one or more levels down: the first cause with a system's error code. */
function networkReason(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && /^(?:E[A-Z]{3,}|UND_ERR_\w+|CERT_\w+|\w+_CERT\w*)$/.test(String(at.code))) {
      // An attempt on several addresses has its reasons in a list and no message of its own.
      return at.message === '' ? String(at.code) : at.message
    }
  }
  return undefined
}
