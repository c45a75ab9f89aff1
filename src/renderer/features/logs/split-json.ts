/** A piece of JSON text that is drawn in one way. */
export interface JsonPiece {
  readonly text: string
  readonly kind: 'key' | 'string' | 'number' | 'punctuation'
  readonly isHit: boolean
  /** Where it begins in the text. */
  readonly start: number
}

// Strings, with a colon after them where they are keys; numbers and words; all between.
const token = /("(?:[^"\\]|\\.)*"?)(\s*:)?|(-?\d[\w.+-]*|true|false|null)|[^"\d\-tfn]+|./g

/** Cuts JSON text by kind, and at the ends of hits; text that is no JSON comes out whole all the same. Pure. */
export function splitJson(json: string, search: string): readonly JsonPiece[] {
  const pieces: JsonPiece[] = []
  const hits = hitsIn(json, search)
  const push = (from: number, to: number, kind: JsonPiece['kind']) => {
    let start = from
    for (const [hitStart, hitEnd] of hits) {
      if (hitEnd <= start) continue
      if (hitStart >= to) break
      if (hitStart > start) add(start, hitStart, kind, false)
      add(Math.max(start, hitStart), Math.min(to, hitEnd), kind, true)
      start = Math.min(to, hitEnd)
    }
    if (start < to) add(start, to, kind, false)
  }
  const add = (start: number, end: number, kind: JsonPiece['kind'], isHit: boolean) => {
    pieces.push({ text: json.slice(start, end), kind, isHit, start })
  }
  for (const match of json.matchAll(token)) {
    const [whole, text, colon, literal] = match
    const start = match.index
    if (text === undefined) {
      push(start, start + whole.length, literal === undefined ? 'punctuation' : 'number')
      continue
    }
    push(start, start + text.length, colon === undefined ? 'string' : 'key')
    if (colon !== undefined) push(start + text.length, start + whole.length, 'punctuation')
  }
  return pieces
}

function hitsIn(text: string, search: string): readonly (readonly [number, number])[] {
  if (search === '') return []
  const hits: [number, number][] = []
  const folded = text.toLowerCase()
  const wanted = search.toLowerCase()
  // Folding may change the length of a few letters, and then the places are no longer those of the text.
  if (folded.length !== text.length) return []
  for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + wanted.length)) {
    hits.push([at, at + wanted.length])
  }
  return hits
}
