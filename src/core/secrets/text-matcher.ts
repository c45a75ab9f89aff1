/** How many characters are looked at together. */
const blockLength = 3
const hashMask = 0xffff

/** The shortest text that can be looked for. */
export const minPatternLength = 8

/** What was found: `[start, end)` in UTF-16 units. */
export interface TextMatch {
  readonly start: number
  readonly end: number
  /** The one that begins it; others may begin within it, and end it. */
  readonly pattern: string
}

/**
 * Looks for many texts at once, in time that does not grow with their number as long as there are few thousand of them: Wu
 * and Manber's algorithm ("A fast algorithm for multi-pattern searching", 1994). Three characters tell how far the search can
 * go on without missing a match: six characters in one step where they occur in no text.
 */
export class TextMatcher {
  readonly #shifts = new Uint8Array(hashMask + 1).fill(minPatternLength - blockLength + 1)
  /** By the hash of the last block of their first eight characters; the longest first. */
  readonly #patterns = new Map<number, string[]>()

  /** @param patterns each of at least `minPatternLength` UTF-16 units. */
  constructor(patterns: Iterable<string>) {
    for (const pattern of patterns) {
      for (let end = blockLength - 1; end < minPatternLength; end += 1) {
        const hash = hashAt(pattern, end)
        const shift = minPatternLength - 1 - end
        this.#shifts[hash] = Math.min(this.#shifts[hash] ?? 0, shift)
        if (shift > 0) continue
        const held = this.#patterns.get(hash)
        if (held === undefined) this.#patterns.set(hash, [pattern])
        else held.push(pattern)
      }
    }
    for (const held of this.#patterns.values()) held.sort((a, b) => b.length - a.length)
  }

  /**
   * All that any of the texts covers, in order; of those that begin together the longest counts. Texts that overlap are one
   * match: none of them may show the end of another one.
   */
  matches(text: string): TextMatch[] {
    const found: TextMatch[] = []
    const shifts = this.#shifts
    const { length } = text
    let covered = 0
    let end = minPatternLength - 1
    while (end < length) {
      const hash = hashAt(text, end)
      const shift = shifts[hash] ?? 0
      if (shift > 0) {
        end += shift
        continue
      }
      const start = end - minPatternLength + 1
      const rest = covered - start
      const pattern = this.#patterns
        .get(hash)
        ?.find((one) => one.length > rest && text.startsWith(one, start))
      end += 1
      if (pattern === undefined) continue
      const last = found.at(-1)
      const patternEnd = start + pattern.length
      if (last !== undefined && start < covered) {
        found[found.length - 1] = { ...last, end: patternEnd }
      } else found.push({ start, end: patternEnd, pattern })
      covered = patternEnd
    }
    return found
  }
}

/** A number for the three characters that end at an index. */
function hashAt(text: string, end: number): number {
  return (
    ((text.charCodeAt(end - 2) << 10) ^ (text.charCodeAt(end - 1) << 5) ^ text.charCodeAt(end)) &
    hashMask
  )
}
