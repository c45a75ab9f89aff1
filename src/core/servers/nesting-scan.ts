/** Deepest nesting of arrays and objects that is taken. Nothing that people send comes near it, and readers recurse. */
export const maxNesting = 512

const quote = 0x22
const backslash = 0x5c
const openBracket = 0x5b
const closeBracket = 0x5d
const openBrace = 0x7b
const closeBrace = 0x7d

/** Counts how deep a JSON text is nested, piece by piece as it comes, without parsing it: in time linear in the bytes. */
export class NestingScan {
  #depth = 0
  #isInText = false
  /** The last byte was a backslash that speaks for the next one. */
  #isEscaped = false

  /** Takes the next bytes of the text. Answers whether it is nested deeper than `maxNesting` by now. */
  isTooDeep(bytes: Buffer): boolean {
    for (let at = 0; at < bytes.length; at += 1) {
      if (this.#isInText) {
        at = this.#endOfText(bytes, at)
        continue
      }
      const byte = bytes[at]
      if (byte === quote) this.#isInText = true
      else if (byte === openBracket || byte === openBrace) {
        this.#depth += 1
        if (this.#depth > maxNesting) return true
      } else if (byte === closeBracket || byte === closeBrace) this.#depth -= 1
    }
    return false
  }

  /** Where the text that goes on at `from` ends, or the length of the bytes. Texts can be long, so quotes are searched for. */
  #endOfText(bytes: Buffer, from: number): number {
    let start = from
    for (;;) {
      const found = bytes.indexOf(quote, start)
      const end = found < 0 ? bytes.length : found
      let backslashes = 0
      while (end - backslashes > start && bytes[end - backslashes - 1] === backslash) {
        backslashes += 1
      }
      const reachesBack = end - backslashes === from && this.#isEscaped
      const isEscaped = (backslashes + (reachesBack ? 1 : 0)) % 2 === 1
      if (found < 0 || !isEscaped) {
        this.#isEscaped = found < 0 && isEscaped
        this.#isInText = found < 0
        return end
      }
      start = found + 1
    }
  }
}
