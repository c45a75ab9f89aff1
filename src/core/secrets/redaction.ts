import { maxLineBytes } from '../logs/bounded-text.ts'
import { secretForms } from './secret-forms.ts'
import { minPatternLength, TextMatcher } from './text-matcher.ts'

/** How many values of one name are known at most: a server that still runs prints the one that it was started with. */
const maxValuesPerName = 16
/** A text of fewer UTF-16 units was never cut: none takes more than three bytes. */
const minCutLength = Math.floor(maxLineBytes / 3) - 1
/** As much of a secret at a place where a text was cut may stay. */
const maxRest = 3

/** Keeps known secrets out of texts. */
export interface Redactor {
  /**
   * Makes a secret known. Values under 8 characters are never replaced: they stand in ordinary texts by chance, and each would
   * be torn apart. Earlier values of the name stay known, for they are in use until their servers are restarted.
   */
  set(name: string, value: string): void
  /**
   * The text with each known secret replaced by `[secret NAME]`, in every spelling that `secretForms` knows. A text so long
   * that it may have been cut loses the beginning of a secret at its end too. Costs nothing while no secret is known.
   */
  redact(text: string): string
}

/** Creates a redactor that knows no secret yet. */
export function createRedactor(): Redactor {
  const values = new Map<string, string[]>()
  let compiled: Compiled | null = null

  return {
    set(name, value) {
      const held = values.get(name) ?? []
      if (held.includes(value)) return
      values.set(name, [...held.slice(1 - maxValuesPerName), value])
      compiled = null
    },
    redact(text) {
      if (values.size === 0 || text.length < minPatternLength) return text
      compiled ??= compile(values)
      return compiled.redact(text)
    },
  }
}

interface Compiled {
  readonly redact: (text: string) => string
}

function compile(values: ReadonlyMap<string, readonly string[]>): Compiled {
  const nameOf = new Map<string, string>()
  for (const [name, held] of values) {
    for (const form of held.flatMap(secretForms)) {
      if (form.length >= minPatternLength && !nameOf.has(form)) nameOf.set(form, name)
    }
  }
  const matcher = new TextMatcher(nameOf.keys())
  const markOf = (form: string) => `[secret ${nameOf.get(form) ?? 'unknown'}]`
  return {
    redact: (text) => {
      const matches = matcher.matches(text)
      const isLong = text.length >= minCutLength
      if (matches.length === 0 && !isLong) return text
      let clean = ''
      let from = 0
      for (const { start, end, pattern } of matches) {
        clean += text.slice(from, start) + markOf(pattern)
        from = end
      }
      const rest = text.slice(from)
      return clean + (isLong ? withoutCutSecret(rest, nameOf.keys(), markOf) : rest)
    },
  }
}

/** The text without the beginning of a secret that stands at its end; what is as short as `maxRest` stays. */
function withoutCutSecret(
  text: string,
  forms: Iterable<string>,
  markOf: (form: string) => string,
): string {
  let length = 0
  let cut: string | null = null
  for (const form of forms) {
    const size = lengthOfBeginning(text, form)
    if (size <= length) continue
    length = size
    cut = form
  }
  return cut === null ? text : text.slice(0, -length) + markOf(cut)
}

/** How much of the beginning of a form stands at the end of a text; 0 for as little as `maxRest`. */
function lengthOfBeginning(text: string, form: string): number {
  const tail = text.slice(1 - form.length)
  const head = form.slice(0, maxRest + 1)
  for (let at = tail.indexOf(head); at >= 0; at = tail.indexOf(head, at + 1)) {
    if (form.startsWith(tail.slice(at))) return tail.length - at
  }
  return 0
}
