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
  // undici hides the network's own reason one level down.
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : undefined
  const network = inner !== undefined && 'code' in inner ? String(inner.code) : undefined
  if (network !== undefined || (error instanceof Error && error.name === 'TypeError')) {
    return new AppError('unreachable', { reason: inner?.message ?? reason }, cause)
  }
  return new AppError('handshake_failed', { reason }, cause)
}
