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
  'input_missing',
  'secret_missing',
  'reference_unresolved',
  'command_not_allowed',
  'vault_locked',
  'vault_unavailable',
  'auth_required',
  'sign_in_failed',
])

/** Whether a start that failed with this code is worth another attempt. */
export function isRetryable(code: ErrorCode): boolean {
  return !notRetryable.has(code)
}

/** What the words about a failed start need. */
export interface LaunchPlace {
  /** How long the start could take. */
  readonly seconds: number
  /** Of a remote server: host and port, without what else its URL holds. */
  readonly address?: string
}

/** What went wrong in a handshake or a connection, as one of our errors; one of ours passes through. */
export function toLaunchError(error: unknown, where: LaunchPlace): AppError {
  if (error instanceof SdkError && error.code === SdkErrorCode.RequestTimeout) {
    return new AppError('handshake_timeout', { seconds: where.seconds }, { cause: error })
  }
  const reason = error instanceof Error ? error.message : String(error)
  const { address } = where
  const data = { reason, ...(address !== undefined && { address }) }
  return (
    toConnectionError(error, address) ?? new AppError('handshake_failed', data, { cause: error })
  )
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

function toConnectionError(error: unknown, address?: string): AppError | undefined {
  const cause = { cause: error }
  // The SDK and undici ("fetch failed") both wrap what really happened, one or more levels deep.
  const links = causesOf(error)
  for (const link of links) {
    if (link instanceof AppError) return link
    const reason = link.message
    if (link instanceof UnauthorizedError) return new AppError('auth_required', { reason }, cause)
    if (link instanceof SdkHttpError || link instanceof SseError) {
      return toStatusError(link, cause, address)
    }
    if (link instanceof SdkError) {
      const isRefused =
        link.code === SdkErrorCode.ClientHttpAuthentication ||
        link.code === SdkErrorCode.ClientHttpForbidden
      if (isRefused) return new AppError('auth_required', { reason }, cause)
    } else if ('code' in link && typeof link.code === 'string') {
      // A system's or undici's code; where it tried several addresses the message is empty.
      const known = address === undefined ? undefined : reasonOfCode(link.code, address)
      const said = reason === '' ? link.code : reason
      return new AppError('unreachable', { reason: known ?? said }, cause)
    }
  }
  // fetch refuses some requests itself, without a code: a port that is not for HTTP, a header that is none.
  if (!links.some((link) => link instanceof TypeError && link.message === 'fetch failed')) {
    return undefined
  }
  const last = links.at(-1)?.message ?? ''
  const reason =
    last === 'bad port' && address !== undefined
      ? `The port of ${address} is reserved for another protocol than HTTP.`
      : last
  return new AppError('unreachable', { reason }, cause)
}

/** What a system's or undici's code means for a person; undefined where its own message says more. */
function reasonOfCode(code: string, address: string): string | undefined {
  switch (code) {
    case 'ECONNREFUSED':
      return `Nothing listens on ${address}.`
    case 'ENOTFOUND':
      return `There is no host of the name in ${address}.`
    case 'EAI_AGAIN':
      return `The name in ${address} could not be looked up.`
    case 'ETIMEDOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
      return `${address} did not answer in time.`
    case 'ECONNRESET':
    case 'UND_ERR_SOCKET':
      return `${address} closed the connection.`
    default:
      return undefined
  }
}

function toStatusError(
  error: SdkHttpError | SseError,
  cause: ErrorOptions,
  address: string | undefined,
): AppError | undefined {
  const status = error instanceof SseError ? error.code : error.data.status
  // An event source tells the code of the system only within its message.
  const code =
    status === undefined ? /\b(?:E[A-Z_]{4,}|UND_ERR_[A-Z_]+)\b/.exec(error.message) : null
  const known = code === null || address === undefined ? undefined : reasonOfCode(code[0], address)
  const reason = known ?? error.message
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
