import { SdkHttpError } from '@modelcontextprotocol/client'
import { AppError } from '../../shared/domain/errors.ts'
import type { Exit } from '../../shared/domain/server-state.ts'

/** A request that the server took no notice of, because the session was over when it came. */
export class SessionOver extends Error {
  constructor(cause: unknown) {
    super('the session is over', { cause })
    this.name = 'SessionOver'
  }
}

/** Why a call got no answer: its server ended. */
export function cutOffError(
  exit: Exit | null,
  stderr: readonly string[],
  cause: unknown,
): AppError {
  const data = {
    ...(exit !== null && exit.code !== null && { exitCode: exit.code }),
    ...(exit !== null && exit.signal !== null && { signal: exit.signal }),
    ...(stderr.length > 0 && { stderr: [...stderr] }),
  }
  return new AppError('exited', data, { cause })
}

/** Whether a remote server says that it knows no such session, or may say so. */
export function isSessionRefused(error: unknown): boolean {
  return error instanceof SdkHttpError && (error.data.status === 404 || error.data.status === 400)
}
