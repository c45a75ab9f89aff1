import {
  ProtocolError,
  ProtocolErrorCode,
  ResourceNotFoundError,
  SdkError,
  SdkErrorCode,
} from '@modelcontextprotocol/client'
import { AppError } from '../../shared/domain/errors.ts'
import { defaultTimeouts, type ServerDefinition } from '../../shared/domain/server-definition.ts'
import { toCallFailure } from '../servers/launch-error.ts'
import { SessionOver } from '../servers/session-over.ts'
import { oversizedCode } from '../servers/stdio-transport.ts'
import { firstProblem } from './first-problem.ts'

/** What a request asked for. */
export type CallTarget =
  | { readonly tool: string }
  | { readonly prompt: string }
  | { readonly uri: string }

/**
 * Why a request failed, as one of our errors: `call_cancelled`, `call_timeout`, `message_too_large`, `resource_not_found`,
 * `rpc_error`, `exited`, `unreachable`, `auth_required` or `protocol_error`.
 * @param isCancelled whoever asked wants the answer no more.
 */
export function toCallError(
  error: unknown,
  definition: ServerDefinition,
  target: CallTarget,
  isCancelled: boolean,
): AppError {
  const data = { server: definition.name, ...target }
  const cause = { cause: error }
  if (isCancelled) return new AppError('call_cancelled', data, cause)
  if (error instanceof ProtocolError) {
    const { code: rpcCode, message: reason } = error
    if (rpcCode === oversizedCode) {
      return new AppError('message_too_large', { ...data, reason }, cause)
    }
    return isNotFound(error)
      ? new AppError('resource_not_found', { ...data, reason }, cause)
      : new AppError('rpc_error', { ...data, rpcCode, reason }, cause)
  }
  if (error instanceof SdkError && error.code === SdkErrorCode.RequestTimeout) {
    const seconds = (definition.timeouts.callMs ?? defaultTimeouts.callMs) / 1000
    return new AppError('call_timeout', { ...data, seconds }, cause)
  }
  // The session was over, and so was the one after it.
  const failure = toCallFailure(error instanceof SessionOver ? error.cause : error)
  if (failure !== undefined) return new AppError(failure.code, { ...failure.data, ...data }, cause)
  // A result of a wrong shape comes with a problem for each shape that would have been right.
  const reason = firstProblem(error instanceof Error ? error.message : String(error))
  return new AppError('protocol_error', { ...data, reason }, cause)
}

/** "Resource not found" of 2025-11-25 ("Resources", "Error Handling"); a later revision tells it by the error's data. */
const notFoundCode: number = ProtocolErrorCode.ResourceNotFound

function isNotFound(error: ProtocolError): boolean {
  return error instanceof ResourceNotFoundError || error.code === notFoundCode
}
