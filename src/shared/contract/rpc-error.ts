import { isDefinedError, ORPCError } from '@orpc/client'
import { AppError, errorInfoSchema } from '../domain/errors.ts'

/**
 * What a failed call means, on the calling side: the `AppError` that the other side threw, or `host_unreachable` where the
 * connection broke, or `invalid_input` where the input did not fit the contract.
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
  return new AppError('host_unreachable', { reason }, { cause: error })
}
