import { expect, test } from 'vitest'
import { splitHits } from '../../../../src/renderer/ui/split-hits.ts'

test.each([
  ['a timeout and a Timeout', 'timeout', 'a |[timeout]| and a |[Timeout]'],
  ['a.b', '.', 'a|[.]|b'],
  ['Straße 1', 'ß', 'Stra|[ß]|e 1'],
  ['nothing', '', 'nothing'],
  ['', 'x', ''],
])('%s searched for %s', (text, search, pieces) => {
  const shown = splitHits(text, search).map((piece) => (piece.hit ? `[${piece.text}]` : piece.text))
  expect(shown.join('|')).toBe(pieces)
})
