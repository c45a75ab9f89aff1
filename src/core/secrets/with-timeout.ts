import { AppError } from '../../shared/domain/errors.ts'

/**
 * Waits for a keychain's answer, at most `timeoutMs` milliseconds. The call itself cannot be called back: it ends when
 * the person answers the system's question.
 * @throws AppError `vault_locked` with `reason` `no_answer` when the time is up.
 */
export async function withTimeout<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    late.reject(new AppError('vault_locked', { reason: 'no_answer', afterMs: timeoutMs }))
  }, timeoutMs)
  try {
    return await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
