import * as z from 'zod'

/** Every way in which an operation can fail, as data. Test the code, never a message. */
export const errorCodes = [
  'internal',
  'invalid_input',
  'not_found',
  'ambiguous_name',
  'name_taken',
  'not_runnable',
  'command_not_found',
  'directory_not_found',
  'permission_denied',
  'config_invalid',
  'variable_unset',
  'input_missing',
  'secret_missing',
  'secret_not_found',
  'reference_unresolved',
  'reference_unreachable',
  'command_not_allowed',
  'vault_locked',
  'vault_unavailable',
  'spawn_failed',
  'login_shell_failed',
  'exited',
  'handshake_timeout',
  'handshake_failed',
  'auth_required',
  'sign_in_failed',
  'unreachable',
  'protocol_error',
  'message_too_large',
  'unresponsive',
  'above_ceiling',
  'call_timeout',
  'call_cancelled',
  'server_not_running',
  'tool_not_found',
  'prompt_not_found',
  'resource_not_found',
  'rpc_error',
  'host_running',
  'host_not_running',
  'host_unreachable',
  'port_in_use',
  'state_corrupt',
  'state_read_only',
  'file_unreadable',
  'file_changed',
  'unauthorized',
  'not_desktop',
] as const
export const errorCodeSchema = z.enum(errorCodes)
export type ErrorCode = z.infer<typeof errorCodeSchema>

/** Values that the text of an error needs. Strings and numbers only, so that they cross every wire and never hold a secret. */
export const errorDataSchema = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.array(z.string())]),
)
export type ErrorData = z.infer<typeof errorDataSchema>

/** An error as it crosses a wire or is stored in a state. */
export const errorInfoSchema = z.object({ code: errorCodeSchema, data: errorDataSchema })
export type ErrorInfo = z.infer<typeof errorInfoSchema>

/** The one error that this program throws on purpose: a code, the data that its text needs, and the cause. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly data: ErrorData

  constructor(code: ErrorCode, data: ErrorData = {}, options?: { cause?: unknown }) {
    super(`${code} ${JSON.stringify(data)}`, options)
    this.name = 'AppError'
    this.code = code
    this.data = data
  }

  /** What may cross a wire: the code and its data, without stack or cause. */
  toInfo(): ErrorInfo {
    return { code: this.code, data: this.data }
  }
}
