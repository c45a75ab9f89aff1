import { isDefinedError, ORPCError } from '@orpc/client'
import { AppError, errorInfoSchema } from '../domain/errors.ts'

/**
 * What a failed call means, on the calling side: the `AppError` that the other side threw, or `host_unreachable` where the
 * connection broke, or `invalid_input` where the input did not fit the contract; anything else is a bug, `internal`.
 */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (error instanceof ORPCError) {
    const info = errorInfoSchema.safeParse(error.data)
    if (isDefinedError(error) || info.success) {
      if (info.success) return new AppError(info.data.code, info.data.data, { cause: error })
    }
    if (error.code === 'BAD_REQUEST') {
      return new AppError('invalid_input', { reason: error.message }, { cause: error })
    }
    return new AppError('internal', { reason: error.message }, { cause: error })
  }
  const reason = error instanceof Error ? error.message : String(error)
  // The RPC layer says so, in these words, when its connection ends under a call.
  const isBroken =
    error instanceof Error && (error.name === 'AbortError' || /websocket|closed/i.test(reason))
  return new AppError(isBroken ? 'host_unreachable' : 'internal', { reason }, { cause: error })
}
