import { isGap, type LineBuffer } from './line-buffer.ts'

/** The first row at or after a moment; the newest one where all are before it. Lines are in order of writing, so their times rise. */
export function rowAtMoment(lines: LineBuffer, at: number): number {
  let low = lines.firstId
  let high = lines.endId
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const row = lines.get(middle)
    if (row !== undefined && row.at < at) low = middle + 1
    else high = middle
  }
  return Math.max(lines.firstId, Math.min(low, lines.endId - 1))
}

/** Whether the lines reach back to a moment. */
export function reaches(lines: LineBuffer, at: number): boolean {
  const first = lines.get(lines.firstId)
  return first !== undefined && !isGap(first) && first.at <= at
}
