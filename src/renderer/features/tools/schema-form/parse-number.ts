import type { DraftFault } from './form-state.ts'

const jsonNumber = /^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i

/** A number as it is typed, or why it is none. What could not be sent exactly is refused rather than changed. Pure. */
export function parseNumber(
  text: string,
  integer: boolean,
): { readonly value: number } | { readonly fault: DraftFault } {
  const trimmed = text.trim()
  if (!jsonNumber.test(trimmed)) return { fault: integer ? 'integer' : 'number' }
  const value = Number(trimmed)
  if (!Number.isFinite(value)) return { fault: 'unsafe' }
  if (Number.isInteger(value) && !Number.isSafeInteger(value) && /^-?\d+$/.test(trimmed)) {
    return { fault: 'unsafe' }
  }
  if (integer && !Number.isInteger(value)) return { fault: 'integer' }
  return { value }
}
