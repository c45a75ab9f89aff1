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
  'file_unreadable',
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
  if (error instanceof SdkError && error.code === SdkErrorCode.RequestTimeout) {
    return new AppError('handshake_timeout', { seconds: where.seconds }, { cause: error })
  }
  const reason = error instanceof Error ? error.message : String(error)
  return toConnectionError(error) ?? new AppError('handshake_failed', { reason }, { cause: error })
}

/**
 * What went wrong between this program and a server during a request, whatever the request was: `exited`, `auth_required`
 * or `unreachable`; one of ours passes through. Undefined for an answer of the server and for a time-out.
 */
export function toCallFailure(error: unknown): AppError | undefined {
  const isClosed =
    error instanceof SdkError &&
    (error.code === SdkErrorCode.ConnectionClosed || error.code === SdkErrorCode.NotConnected)
  return isClosed ? new AppError('exited', {}, { cause: error }) : toConnectionError(error)
}

function toConnectionError(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error
  if (!(error instanceof Error)) return undefined
  const reason = error.message
  const cause = { cause: error }
  if (error instanceof UnauthorizedError) return new AppError('auth_required', { reason }, cause)
  if (error instanceof SdkHttpError) {
    const { status } = error.data
    return status === 401 || status === 403
      ? new AppError('auth_required', { reason, status }, cause)
      : new AppError('unreachable', { reason, status }, cause)
  }
  if (
    error instanceof SdkError &&
    (error.code === SdkErrorCode.ClientHttpAuthentication ||
      error.code === SdkErrorCode.ClientHttpForbidden)
  ) {
    return new AppError('auth_required', { reason }, cause)
  }
  // undici says "fetch failed" and hides the network's own reason one level down.
  const inner = error.cause instanceof Error ? error.cause : undefined
  return (inner !== undefined && 'code' in inner) || error.name === 'TypeError'
    ? new AppError('unreachable', { reason: inner?.message ?? reason }, cause)
    : undefined
}
