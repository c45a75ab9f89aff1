import { maskedHint } from '../../secrets/masked-hint.ts'
import type { FoundLiteral } from './found-literal.ts'

/** What is shown of a literal. */
export function hintOf({ value }: FoundLiteral): string {
  return maskedHint(value)
}

/** Whether two literals stand in one text of a file. */
export function isSameText(a: FoundLiteral, b: FoundLiteral): boolean {
  const isSameEntry = a.section === b.section && a.key === b.key
  return isSameEntry && a.text === b.text && JSON.stringify(a.place) === JSON.stringify(b.place)
}

/**
 * The text in which literals stand, with something else in place of each.
 * @param literals all of one text, in their order, without overlap.
 */
export function rewriteText(
  literals: readonly FoundLiteral[],
  replacement: (literal: FoundLiteral) => string,
): string {
  const text = literals[0]?.text ?? ''
  let result = ''
  let from = 0
  for (const literal of literals) {
    result += text.slice(from, literal.start) + replacement(literal)
    from = literal.end
  }
  return result + text.slice(from)
}
