import { plainText } from '../../../shared/lib/plain-text.ts'
import type { HitRange } from './mark-spans.ts'

/** How much stands before the first hit, and in all, in characters. */
const before = 24
const length = 160

/** The surroundings of the first hit in a text whose row shows a summary; null where nothing was hit. Pure. */
export function excerptOf(
  text: string,
  ranges: readonly HitRange[],
): { readonly text: string; readonly ranges: readonly HitRange[] } | null {
  const first = ranges[0]
  if (first === undefined) return null
  const plain = plainText(text)
  const start = Math.max(0, first[0] - before)
  const end = Math.min(plain.length, start + length)
  const head = start > 0 ? '…' : ''
  const shift = head.length - start
  return {
    text: `${head}${plain.slice(start, end)}${end < plain.length ? '…' : ''}`,
    ranges: ranges
      .filter(([from]) => from < end)
      .map(([from, to]): HitRange => [from + shift, Math.min(to, end) + shift]),
  }
}
