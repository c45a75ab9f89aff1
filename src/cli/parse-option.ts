import { InvalidArgumentError } from 'commander'

/** A number of seconds above 0. */
export function positiveSeconds(text: string): number {
  const seconds = Number(text)
  if (!Number.isFinite(seconds) || seconds <= 0) {
    throw new InvalidArgumentError('It has to be a number of seconds above 0.')
  }
  return seconds
}

/** A TCP port: 1 to 65535. */
export function portNumber(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new InvalidArgumentError('It has to be a whole number from 1 to 65535.')
  }
  return port
}

/** How many lines: 1 to 100,000. */
export function lineCount(text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1 || count > 100_000) {
    throw new InvalidArgumentError('It has to be a whole number from 1 to 100000.')
  }
  return count
}

const unitMs: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}

/**
 * A moment in the past: an age such as `90s`, `10m`, `2h` or `3d`, or a date that ECMAScript reads (ISO 8601).
 * @returns milliseconds since the Unix epoch.
 */
export function moment(text: string, now: number): number {
  const age = /^(\d+(?:\.\d+)?)([smhd])$/.exec(text.trim())
  const unit = age?.[2] === undefined ? undefined : unitMs[age[2]]
  if (age !== null && unit !== undefined) return now - Number(age[1]) * unit
  const at = Date.parse(text)
  if (Number.isNaN(at)) {
    throw new InvalidArgumentError(
      'It has to be an age such as 10m, 2h or 3d, or a date such as 2026-11-20T12:00.',
    )
  }
  return at
}

/** Collects an option that may be given several times. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value]
}
