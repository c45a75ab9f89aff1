import type { LogVolume } from '../../../shared/contract/logs.ts'
import type { LogLevel, LogLine } from '../../../shared/domain/log-line.ts'

/** How many lines of each level. */
export type LevelCounts = Readonly<Record<LogLevel, number>>

/** Counts of lines over time, in equal spans. */
export interface Volume {
  readonly fromAt: number
  readonly spanMs: number
  readonly buckets: readonly LevelCounts[]
}

/** A bucket without lines. */
export const noLines: LevelCounts = { debug: 0, info: 0, warn: 0, error: 0 }

/** What the host counted. Pure. */
export function volumeOf({ fromAt, toAt, buckets }: LogVolume): Volume {
  // A log that began this moment has no width yet.
  return { fromAt, spanMs: Math.max(1, (toAt - fromAt) / Math.max(1, buckets.length)), buckets }
}

/**
 * The volume with later lines counted in. When it would have more than `most` spans, each two become one, so that it goes
 * on for as long as the page is open. Pure.
 */
export function addLines(
  volume: Volume,
  lines: Iterable<Pick<LogLine, 'at' | 'level'>>,
  most: number,
): Volume {
  let { spanMs } = volume
  let buckets: Record<LogLevel, number>[] = volume.buckets.map((bucket) => ({ ...bucket }))
  for (const { at, level } of lines) {
    let index = Math.max(0, Math.floor((at - volume.fromAt) / spanMs))
    while (index >= most) {
      buckets = halved(buckets)
      spanMs *= 2
      index = Math.floor((at - volume.fromAt) / spanMs)
    }
    while (buckets.length <= index) buckets.push({ ...noLines })
    const bucket = buckets[index]
    if (bucket !== undefined) bucket[level] += 1
  }
  return { fromAt: volume.fromAt, spanMs, buckets }
}

/** All of them together. Pure. */
export function totalOf(buckets: readonly LevelCounts[]): LevelCounts {
  const total = { ...noLines }
  for (const bucket of buckets) {
    total.debug += bucket.debug
    total.info += bucket.info
    total.warn += bucket.warn
    total.error += bucket.error
  }
  return total
}

/** How many lines of some levels; of all with none. Pure. */
export function countOf(counts: LevelCounts, levels: readonly LogLevel[]): number {
  const { debug, info, warn, error } = counts
  if (levels.length === 0) return debug + info + warn + error
  return levels.reduce((sum, level) => sum + counts[level], 0)
}

function halved(buckets: readonly LevelCounts[]): Record<LogLevel, number>[] {
  return Array.from({ length: Math.ceil(buckets.length / 2) }, (_, index) => ({
    ...totalOf(buckets.slice(index * 2, index * 2 + 2)),
  }))
}
