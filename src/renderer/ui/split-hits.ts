/** A piece of a text, and whether it is what was searched for. */
export interface TextPiece {
  readonly text: string
  readonly hit: boolean
}

/** A text cut where a search matches it; upper and lower case are the same. An empty search matches nothing. */
export function splitHits(text: string, search: string): TextPiece[] {
  if (search === '') return text === '' ? [] : [{ text, hit: false }]
  const expression = new RegExp(search.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'giu')
  const pieces: TextPiece[] = []
  let end = 0
  for (const match of text.matchAll(expression)) {
    if (match.index > end) pieces.push({ text: text.slice(end, match.index), hit: false })
    pieces.push({ text: match[0], hit: true })
    end = match.index + match[0].length
  }
  if (end < text.length) pieces.push({ text: text.slice(end), hit: false })
  return pieces
}
