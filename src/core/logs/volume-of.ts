import type { LogVolume } from '../../shared/contract/logs.ts'
import type { LogLevel } from '../../shared/domain/log-line.ts'

/** What of a line is counted. */
export interface CountedLine {
  readonly at: number
  readonly level: LogLevel
}

/** Empty buckets over a span of time. */
export function emptyVolume(fromAt: number, toAt: number, buckets: number): LogVolume {
  return {
    fromAt,
    toAt,
    buckets: Array.from({ length: buckets }, () => ({ debug: 0, info: 0, warn: 0, error: 0 })),
  }
}

/** Counts lines in equal spans from `sinceAt` (null: the oldest of the lines) to `toAt`. Lines outside are not counted. */
export function volumeOf(
  lines: readonly CountedLine[],
  sinceAt: number | null,
  toAt: number,
  buckets: number,
): LogVolume {
  const oldestAt = lines.reduce((oldest, line) => Math.min(oldest, line.at), toAt)
  const fromAt = sinceAt ?? oldestAt
  const volume = emptyVolume(fromAt, toAt, buckets)
  for (const { at, level } of lines) {
    if (at < fromAt || at >= toAt) continue
    // Rounding may give the number of buckets for a time just below the end.
    const index = Math.min(buckets - 1, Math.floor(((at - fromAt) / (toAt - fromAt)) * buckets))
    const bucket = volume.buckets[index]
    if (bucket !== undefined) bucket[level] += 1
  }
  return volume
}
