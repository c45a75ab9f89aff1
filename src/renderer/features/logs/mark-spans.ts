import type { AnsiSpan, AnsiStyle } from './ansi.ts'

/** Where a search hit lies in a text: from, and up to but not including. */
export type HitRange = readonly [start: number, end: number]

/** A piece of a line that is drawn in one way. */
export interface MarkedSpan {
  readonly text: string
  readonly style: AnsiStyle
  readonly isHit: boolean
  /** Where it begins in the text. */
  readonly start: number
}

/** Cuts styled pieces at the ends of hits. `ranges` are in order and do not overlap. Pure. */
export function markSpans(
  spans: readonly AnsiSpan[],
  ranges: readonly HitRange[],
): readonly MarkedSpan[] {
  const marked: MarkedSpan[] = []
  let start = 0
  for (const { text, style } of spans) {
    const end = start + text.length
    let from = start
    const push = (to: number, isHit: boolean) => {
      if (to > from) {
        marked.push({ text: text.slice(from - start, to - start), style, isHit, start: from })
      }
      from = Math.max(from, to)
    }
    for (const [hitStart, hitEnd] of ranges) {
      if (hitEnd <= start || hitStart >= end) continue
      push(Math.max(start, hitStart), false)
      push(Math.min(end, hitEnd), true)
    }
    push(end, false)
    start = end
  }
  return marked
}
