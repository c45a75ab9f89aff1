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
  const network = networkReason(error)
  if (network !== undefined) return new AppError('unreachable', { reason: network }, cause)
  return error.name === 'TypeError' ? new AppError('unreachable', { reason }, cause) : undefined
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
