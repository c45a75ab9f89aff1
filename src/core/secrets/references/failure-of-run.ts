import { AppError, type ErrorData } from '../../../shared/domain/errors.ts'
import { plainText } from '../../../shared/lib/plain-text.ts'
import { type BoundedOutcome, TookTooLong } from '../../servers/run-bounded.ts'

/** As much of what a command printed on stderr goes into an error, in UTF-16 units. */
const maxDetail = 300

/**
 * Why a command gave no value, as `reference_unresolved` with the last line that it printed on stderr.
 * @param outcome how it ended, or what it was rejected with.
 * @param data of the error; `reason` is added, and `detail` where it printed something.
 */
export function failureOfRun(outcome: unknown, data: ErrorData, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason
  if (outcome instanceof TookTooLong) {
    return new AppError('reference_unresolved', { ...data, reason: 'too_slow' }, { cause: outcome })
  }
  if (outcome instanceof Error) {
    const reason = outcome.message
    return new AppError('reference_unresolved', { ...data, reason }, { cause: outcome })
  }
  // The callers pass an outcome or what `runBounded` rejects with, and that is an error always.
  const { exit, stderr } = outcome as BoundedOutcome
  const reason =
    exit?.code === null || exit === null
      ? `The command was ended by ${exit?.signal ?? 'a signal'}.`
      : `The command ended with code ${exit.code}.`
  const detail = plainText(stderr.trim().split('\n').at(-1) ?? '').slice(0, maxDetail)
  return new AppError('reference_unresolved', {
    ...data,
    reason,
    ...(detail !== '' && { detail }),
  })
}
