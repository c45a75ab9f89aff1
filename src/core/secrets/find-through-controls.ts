import {
  ansiEscapes,
  controlCharacters,
  hasControlCharacters,
  plainText,
} from '../../shared/lib/plain-text.ts'
import type { TextMatch, TextMatcher } from './text-matcher.ts'

const notDrawn = new RegExp(`${ansiEscapes.source}|${controlCharacters.source}`, 'g')

/**
 * All that a matcher finds in a text as it is, and as it is drawn: colours within a secret, as highlighters put them there, and
 * line ends, as base64 has them, do not hide it. In order and without overlap. Pure.
 */
export function findThroughControls(matcher: TextMatcher, text: string): readonly TextMatch[] {
  const found = matcher.matches(text)
  if (!hasControlCharacters(text)) return found
  const drawn = matcher.matches(plainText(text))
  return drawn.length === 0 ? found : merged([...found, ...placedIn(text, drawn)])
}

/** What was found in the drawn text, where it stands in the text itself. */
function placedIn(text: string, drawn: readonly TextMatch[]): TextMatch[] {
  /** Where each piece of the drawn text begins, there and in the text. */
  const pieces: { readonly drawn: number; readonly start: number }[] = []
  let length = 0
  let from = 0
  for (const { 0: control, index } of text.matchAll(notDrawn)) {
    if (index > from) pieces.push({ drawn: length, start: from })
    length += index - from
    from = index + control.length
  }
  pieces.push({ drawn: length, start: from })
  let piece = 0
  // Asked in ascending order only.
  const placeOf = (index: number): number => {
    while ((pieces[piece + 1]?.drawn ?? Number.POSITIVE_INFINITY) <= index) piece += 1
    const { drawn: begin = 0, start = 0 } = pieces[piece] ?? {}
    return start + index - begin
  }
  return drawn.map(({ start, end, pattern }) => ({
    start: placeOf(start),
    end: placeOf(end - 1) + 1,
    pattern,
  }))
}

function merged(matches: readonly TextMatch[]): TextMatch[] {
  const result: TextMatch[] = []
  for (const match of matches.toSorted((a, b) => a.start - b.start)) {
    const last = result.at(-1)
    if (last === undefined || match.start >= last.end) result.push(match)
    else result[result.length - 1] = { ...last, end: Math.max(last.end, match.end) }
  }
  return result
}
