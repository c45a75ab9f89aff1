import { AppError, type ErrorData } from '../../../shared/domain/errors.ts'

/** Longest value that a reference may stand for, in UTF-16 units: what a program takes as one argument or variable on Linux. */
const maxLength = 128 * 1024

/**
 * What another program or a file gave, as a value: without its last line end. Throws `reference_unresolved` for what is empty,
 * too long, or holds what no environment can.
 * @param data of that error; `reason` is added.
 */
export function valueOfOutput(output: string, data: ErrorData): string {
  const value = output.replace(/\r?\n$/, '')
  const reason =
    value === ''
      ? 'empty'
      : value.length > maxLength
        ? 'too_long'
        : /[\0\uFFFD]/.test(value)
          ? 'binary'
          : null
  if (reason !== null) throw new AppError('reference_unresolved', { ...data, reason })
  return value
}
