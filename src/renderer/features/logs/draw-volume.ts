import type { LogLevel } from '../../../shared/domain/log-line.ts'
import type { Volume } from './volume.ts'

/** A part of a bar: bars are 10 apart and at most 40 high. */
export interface VolumeBar {
  readonly x: number
  readonly y: number
  readonly height: number
  readonly tone: 'rest' | 'warn' | 'error'
}

const fullHeight = 40
/** What is there is seen, however little it is. */
const leastHeight = 2

/** The bars of a volume, the gravest part of each on top; levels that are not shown are left out (none: all are shown). Pure. */
export function drawVolume(volume: Volume, levels: readonly LogLevel[]): readonly VolumeBar[] {
  const isShown = (level: LogLevel) => levels.length === 0 || levels.includes(level)
  const parts = volume.buckets.map(({ debug, info, warn, error }) => ({
    rest: (isShown('debug') ? debug : 0) + (isShown('info') ? info : 0),
    warn: isShown('warn') ? warn : 0,
    error: isShown('error') ? error : 0,
  }))
  const most = Math.max(1, ...parts.map(({ rest, warn, error }) => rest + warn + error))
  return parts.flatMap((part, index) => {
    let y = fullHeight
    return (['rest', 'warn', 'error'] as const).flatMap((tone): VolumeBar[] => {
      const count = part[tone]
      if (count === 0) return []
      const height = Math.max(leastHeight, (count / most) * (fullHeight - 2 * leastHeight))
      y -= height
      return [{ x: index * 10, y, height, tone }]
    })
  })
}

/** The bar at a share of the width, 0 to 1. Pure. */
export function bucketAt({ buckets }: Volume, share: number): number {
  return Math.min(Math.max(0, Math.floor(share * buckets.length)), buckets.length - 1)
}

/** From the beginning of the first of two bars to the end of the last, in whichever order they are given. Pure. */
export function spanOf(
  { fromAt, spanMs }: Volume,
  one: number,
  other: number,
): { readonly fromAt: number; readonly toAt: number } {
  const first = Math.min(one, other)
  const last = Math.max(one, other)
  return { fromAt: fromAt + first * spanMs, toAt: fromAt + (last + 1) * spanMs }
}
