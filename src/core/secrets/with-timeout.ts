import { AppError } from '../../shared/domain/errors.ts'

/**
 * Waits for a keychain's answer, at most `timeoutMs` milliseconds. The call itself cannot be called back: it ends when
 * the person answers the system's question, and `onLate` is told what it answered then; `onFault` what that failed with.
 * @throws AppError `vault_locked` with `reason` `no_answer` when the time is up.
 */
export async function withTimeout<T>(
  work: Promise<T>,
  timeoutMs: number,
  onLate: (answer: T) => Promise<void>,
  onFault: (error: unknown) => void,
): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    const data = { reason: 'no_answer', keychain: `no answer in ${timeoutMs} ms` }
    late.reject(new AppError('vault_locked', data))
    work.then(
      (answer) => onLate(answer).catch(onFault),
      // What it failed with is no news: it was given up already.
      () => {},
    )
  }, timeoutMs)
  try {
    return await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
