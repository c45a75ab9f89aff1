/** A candidate that matched, with the parts of its text that did. */
export interface Match<T> {
  readonly item: T
  /** Start and end of each matched part, in UTF-16 units, in their order. */
  readonly ranges: readonly (readonly [number, number])[]
}

/**
 * The candidates whose text holds every word of the query, best first: at the start of the text, then at the start of a word,
 * then anywhere; shorter texts first among equals, then in the order given. An empty query matches all, as they are. Pure.
 * @param limit at most so many.
 */
export function rankMatches<T>(
  items: readonly T[],
  textOf: (item: T) => string,
  query: string,
  limit: number,
): readonly Match<T>[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  if (words.length === 0) return items.slice(0, limit).map((item) => ({ item, ranges: [] }))
  return items
    .map((item) => ({ item, found: findWords(textOf(item), words) }))
    .filter((one): one is { item: T; found: Found } => one.found !== null)
    .toSorted((a, b) => a.found.cost - b.found.cost)
    .slice(0, limit)
    .map(({ item, found }) => ({ item, ranges: found.ranges }))
}

/** Those ranges that lie after a position of a text, counted from there: for a text that is a part of the one searched. Pure. */
export function rangesAfter(
  ranges: Match<unknown>['ranges'],
  from: number,
): Match<unknown>['ranges'] {
  return ranges
    .filter(([start]) => start >= from)
    .map(([start, end]) => [start - from, end - from] as const)
}

interface Found {
  readonly cost: number
  readonly ranges: readonly (readonly [number, number])[]
}

function findWords(text: string, words: readonly string[]): Found | null {
  const lower = text.toLowerCase()
  // A letter whose lower case is longer would shift every position after it.
  if (lower.length !== text.length)
    return words.every((word) => lower.includes(word)) ? { cost: 3, ranges: [] } : null
  let cost = 0
  const ranges: [number, number][] = []
  for (const word of words) {
    const at = bestPosition(lower, word)
    if (at === -1) return null
    cost += at === 0 ? 0 : isWordStart(lower, at) ? 1 : 2
    ranges.push([at, at + word.length])
  }
  return { cost: cost + text.length / 1_000, ranges: joined(ranges) }
}

function bestPosition(text: string, word: string): number {
  let at = text.indexOf(word)
  const first = at
  while (at !== -1 && !isWordStart(text, at)) at = text.indexOf(word, at + 1)
  return at === -1 ? first : at
}

function isWordStart(text: string, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '')
}

/** Sorted, with those that touch or overlap made one. */
function joined(ranges: readonly [number, number][]): readonly (readonly [number, number])[] {
  const result: [number, number][] = []
  for (const [start, end] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = result.at(-1)
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end)
    else result.push([start, end])
  }
  return result
}
