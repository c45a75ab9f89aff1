import { hintOfName } from '../../shared/domain/secret-looking-name.ts'
import { findInText } from './find-in-text.ts'
import type { TextRange } from './known-credential.ts'

/** Stands for one character of what is masked. */
export const maskCharacter = '\u2022'

/** `NAME: value` and `NAME = value` in any notation, up to where the value begins. */
const namedValue = /(["']?)([A-Za-z_][\w.-]{0,80})\1[ \t]*[:=]\s*/g
/** A flag in a list of arguments, up to where the next item begins. */
const flagInList = /(["'])(--?[A-Za-z][\w.-]*)\1\s*,?\s*(?=["'])/g
/** A text right before another one, where a colon or a comma was forgotten. */
const nameBeforeText = /(["'])([A-Za-z_][\w.-]*)\1\s*(?=["'])/g
const flagInYamlList = /^[ \t]*-[ \t]+["']?(--?[A-Za-z][\w.-]*)["']?[ \t]*\n[ \t]*-[ \t]+/gm
/** Flags whose value holds a password though their name does not say so. */
const userFlag = /^(?:-u|-p|--user)$/
/** Neither words nor paths: a piece of a path is judged by itself. */
const longToken = /[A-Za-z0-9+_.~=-]{20,}/g
const wholeReference =
  /^(?:\$\{[A-Za-z_][\w.:-]*\}|\{(?:env|file):[^{}]+\}|secret:\/\/[a-z0-9._-]+)$/
const switchValue = /^(?:true|false|null|yes|no|on|off)\b/i

/**
 * The text with everything that may be a credential masked, character by character, so that lines and columns stay. It is
 * for showing a part of a file that could not be read, so it does not rely on the notation, and masks rather too much: what
 * the import would take for a credential, the value of every name and flag that sounds like one, and long random texts.
 */
export function maskText(text: string): string {
  const ranges: TextRange[] = [
    ...findInText(text, null),
    ...Array.from(text.matchAll(longToken), rangeOf).filter(({ start, end }) => {
      const token = text.slice(start, end)
      return /\d/.test(token) && /[A-Za-z]/.test(token)
    }),
    ...[...text.matchAll(namedValue)].flatMap((match) =>
      sounds(match[2])
        ? valueAt(text, match.index + match[0].length, indentAt(text, match.index))
        : [],
    ),
    ...[flagInList, nameBeforeText, flagInYamlList]
      .flatMap((pattern) => [...text.matchAll(pattern)])
      .flatMap((match) => {
        const flag = match[2] ?? match[1]
        const isSecret = sounds(flag) || userFlag.test(flag ?? '')
        return isSecret ? valueAt(text, match.index + match[0].length, null) : []
      }),
  ]
  if (ranges.length === 0) return text
  let result = ''
  let from = 0
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    if (end <= from) continue
    const begin = Math.max(start, from)
    // Line ends stay, and so do the lines.
    const masked = text.slice(begin, end).replace(/[^\r\n]/g, maskCharacter)
    result += text.slice(from, begin) + masked
    from = end
  }
  return result + text.slice(from)
}

function rangeOf(match: RegExpExecArray): TextRange {
  return { start: match.index, end: match.index + match[0].length }
}

function sounds(name: string | undefined): boolean {
  const hint = hintOfName(name ?? '')
  return hint === 'strong' || hint === 'weak'
}

/** The value that begins at `start`. `indent` is that of its name, for values that go on below it; null where none can. */
function valueAt(text: string, start: number, indent: number | null): TextRange[] {
  const rest = text.slice(start)
  const quote = rest.charAt(0)
  if (quote === '"' || quote === "'") {
    const inner = quote === '"' ? /^(?:[^"\\\n]|\\.)*/ : /^[^'\n]*/
    const value = inner.exec(rest.slice(1))?.[0] ?? ''
    return wholeReference.test(value) ? [] : [{ start: start + 1, end: start + 1 + value.length }]
  }
  if (switchValue.test(rest)) return []
  const line = /^[^\n]*/.exec(rest)?.[0] ?? ''
  if (wholeReference.test(line.trim())) return []
  if (/^[|>]/.test(line) && indent !== null) {
    // A block of YAML: all lines that are indented more deeply.
    let end = start + line.length
    for (const next of rest.slice(line.length + 1).split('\n')) {
      if (next.trim() !== '' && indentOf(next) <= indent) break
      end += 1 + next.length
    }
    return [{ start: start + line.length, end: Math.min(end, text.length) }]
  }
  const number = /^-?\d[\d.eE+-]*(?=\s*[,}\]\n]|\s*$)/.exec(line)?.[0]
  return [{ start, end: start + (number ?? line).length }]
}

function indentAt(text: string, index: number): number {
  return indentOf(text.slice(text.lastIndexOf('\n', index - 1) + 1))
}

function indentOf(line: string): number {
  return /^[ \t]*/.exec(line)?.[0].length ?? 0
}
