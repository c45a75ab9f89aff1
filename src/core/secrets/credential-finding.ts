import type { CredentialReason } from '../../shared/domain/literals.ts'
import type { TextRange } from './known-credential.ts'
import { defaultMark, referenceMark } from './mask-references.ts'
import { isPlainUnderStrongName } from './plain-value.ts'

/** A credential in one text. */
export interface CredentialFinding extends TextRange {
  readonly reason: CredentialReason
  /** What it is called where it stands (a parameter, a JSON key); null where it has no name of its own. */
  readonly label: string | null
}

const marks = new RegExp(`[${referenceMark}${defaultMark}]+`, 'g')

/** The parts of `[start, end)` of a masked text that are literal and may be a credential, where the whole is meant to be one. */
export function literalParts(masked: string, start: number, end: number): TextRange[] {
  const text = masked.slice(start, end)
  const parts: TextRange[] = []
  let from = 0
  for (const match of [...text.matchAll(marks), null]) {
    const to = match?.index ?? text.length
    const part = text.slice(from, to)
    const isWhole = from === 0 && to === text.length
    const isDefault = text[from - 1] === defaultMark && text[to] === defaultMark
    // Beside a reference stand prefixes and separators more often than half a credential.
    const isHalf = part.length >= 8 && /\d/.test(part) && !/[/\\\s]/.test(part)
    if (isWhole || isDefault ? !isPlainUnderStrongName(part.trim()) : isHalf) {
      const lead = part.length - part.trimStart().length
      parts.push({ start: start + from + lead, end: start + from + lead + part.trim().length })
    }
    from = to + (match?.[0].length ?? 0)
  }
  return parts
}
