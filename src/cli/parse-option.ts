import { InvalidArgumentError } from 'commander'

/** The longest time that a timer can wait (setTimeout takes 32 bits), in seconds. */
const maxSeconds = 2_147_483

/** A number of seconds above 0. */
export function positiveSeconds(text: string): number {
  const seconds = Number(text)
  if (!(seconds > 0 && seconds <= maxSeconds)) {
    throw new InvalidArgumentError(
      `It has to be a number of seconds above 0 and at most ${maxSeconds}.`,
    )
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

const isoDate = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/i

const unitMs: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}

/**
 * A moment in the past: an age such as `90s`, `10m`, `2h` or `3d`, or a date in ISO 8601, local where it names no zone.
 * @returns milliseconds since the Unix epoch.
 */
export function moment(text: string, now: number): number {
  const age = /^(\d+(?:\.\d+)?)([smhd])$/.exec(text.trim())
  const unit = age?.[2] === undefined ? undefined : unitMs[age[2]]
  if (age !== null && unit !== undefined) return now - Number(age[1]) * unit
  const iso = isoDate.exec(text.trim())
  // ECMAScript reads a bare date as UTC, where a person means their own midnight; and `10` as a month of 2001.
  const at =
    iso === null ? Number.NaN : Date.parse(iso[1] === undefined ? `${iso[0]}T00:00` : iso[0])
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
