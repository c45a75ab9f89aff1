import { plainText } from '../../../shared/lib/plain-text.ts'
import type { MatchReply, MatchRequest } from './match-protocol.ts'

/** How many hits of one line are marked. */
const hitsPerLine = 50

/** Finds a pattern in texts. May take for ever with some regular expressions: never on the page's own thread. Pure. */
export function matchTexts({ search, firstId, texts }: MatchRequest): MatchReply {
  const source = search.regex
    ? search.pattern
    : search.pattern.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
  const expression = new RegExp(source, search.matchCase ? 'g' : 'gi')
  const hits: MatchReply = []
  for (const [index, text] of texts.entries()) {
    const ranges: [number, number][] = []
    for (const match of plainText(text).matchAll(expression)) {
      if (match[0] !== '') ranges.push([match.index, match.index + match[0].length])
      if (ranges.length >= hitsPerLine) break
    }
    if (ranges.length > 0) hits.push({ row: firstId + index, ranges })
  }
  return hits
}
