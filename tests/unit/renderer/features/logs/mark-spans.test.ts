import { expect, test } from 'vitest'
import { parseAnsi } from '../../../../../src/renderer/features/logs/ansi.ts'
import { excerptOf } from '../../../../../src/renderer/features/logs/excerpt.ts'
import { markSpans } from '../../../../../src/renderer/features/logs/mark-spans.ts'
import { matchTexts } from '../../../../../src/renderer/features/logs/match-texts.ts'

test('hits are cut out of coloured text, over the end of a colour too', () => {
  const text = 'one \u001b[31mtwo th\u001b[0mree'
  const [hit] = matchTexts({
    search: { pattern: 'two three', regex: false, matchCase: false },
    firstId: 7,
    texts: [text],
  })
  expect(hit).toEqual({ row: 7, ranges: [[4, 13]] })
  const spans = markSpans(parseAnsi(text), hit?.ranges ?? [])
  expect(spans.map(({ text: piece, isHit }) => [piece, isHit])).toEqual([
    ['one ', false],
    ['two th', true],
    ['ree', true],
  ])
})

test('a literal is taken as it is written, a regular expression as it means', () => {
  const find = (pattern: string, regex: boolean, matchCase: boolean) =>
    matchTexts({
      search: { pattern, regex, matchCase },
      firstId: 0,
      texts: ['a.b', 'axb', 'A.B', ''],
    }).map(({ row }) => row)
  expect(find('a.b', false, false)).toEqual([0, 2])
  expect(find('a.b', true, true)).toEqual([0, 1])
  expect(find('x*', true, false)).toEqual([1])
})

test('an excerpt shows the first hit with what is around it', () => {
  const text = `${'x'.repeat(100)}hit${'y'.repeat(300)}hit`
  const excerpt = excerptOf(text, [
    [100, 103],
    [403, 406],
  ])
  expect(excerpt?.text).toMatch(/^…x{24}hity{133}…$/)
  expect(excerpt?.ranges).toEqual([[25, 28]])
  expect(excerptOf(text, [])).toBeNull()
})
