import {
  SdkError,
  SdkErrorCode,
  SdkHttpError,
  SseError,
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
  const cause = { cause: error }
  // The SDK and undici ("fetch failed") both wrap what really happened, one or more levels deep.
  for (const link of causesOf(error)) {
    if (link instanceof AppError) return link
    const reason = link.message
    if (link instanceof UnauthorizedError) return new AppError('auth_required', { reason }, cause)
    if (link instanceof SdkHttpError || link instanceof SseError) {
      return toStatusError(link, cause)
    }
    if (link instanceof SdkError) {
      const isRefused =
        link.code === SdkErrorCode.ClientHttpAuthentication ||
        link.code === SdkErrorCode.ClientHttpForbidden
      if (isRefused) return new AppError('auth_required', { reason }, cause)
    } else if ('code' in link && typeof link.code === 'string') {
      // A system's or undici's code; where it tried several addresses the message is empty.
      return new AppError('unreachable', { reason: reason === '' ? link.code : reason }, cause)
    }
  }
  return undefined
}

function toStatusError(error: SdkHttpError | SseError, cause: ErrorOptions): AppError | undefined {
  const status = error instanceof SseError ? error.code : error.data.status
  const reason = error.message
  // An answer that is no MCP is no fault of the connection.
  if (status !== undefined && status < 300) return undefined
  if (status === 401 || status === 403) {
    return new AppError('auth_required', { reason, status }, cause)
  }
  return new AppError('unreachable', { reason, ...(status !== undefined && { status }) }, cause)
}

function causesOf(error: unknown): readonly Error[] {
  const chain: Error[] = []
  for (let link = error; link instanceof Error && chain.length < 5; link = link.cause)
    chain.push(link)
  return chain
}
