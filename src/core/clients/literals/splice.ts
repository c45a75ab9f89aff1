/** A part `[start, end)` of a text that is written anew, and how both may be shown: credentials masked. */
export interface Splice {
  readonly start: number
  readonly end: number
  readonly insert: string
  readonly shownBefore: string
  readonly shownAfter: string
}

/** The text with its splices made. They stand in order and do not overlap. */
export function spliced(
  text: string,
  splices: readonly Pick<Splice, 'start' | 'end' | 'insert'>[],
): string {
  let result = ''
  let from = 0
  for (const { start, end, insert } of splices) {
    result += text.slice(from, start) + insert
    from = end
  }
  return result + text.slice(from)
}
