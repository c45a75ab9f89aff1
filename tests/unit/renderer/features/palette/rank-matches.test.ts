import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  rangesAfter,
  rankMatches,
} from '../../../../../src/renderer/features/palette/rank-matches.ts'

const find = (texts: readonly string[], query: string, limit = 10) =>
  rankMatches(texts, (text) => text, query, limit)

describe('rankMatches', () => {
  it('puts a start before a word start before the inside of a word', () => {
    const found = find(['compost', 'my post', 'postgres'], 'post')
    expect(found.map(({ item }) => item)).toEqual(['postgres', 'my post', 'compost'])
  })

  it('wants every word, in any order', () => {
    expect(find(['Stop postgres', 'Stop memory'], 'post st').map(({ item }) => item)).toEqual([
      'Stop postgres',
    ])
  })

  it('marks what matched, with overlapping parts as one', () => {
    expect(find(['postgres'], 'post postg')[0]?.ranges).toEqual([[0, 5]])
    expect(find(['Stop postgres'], 'PG')).toEqual([])
    expect(find(['Stop postgres'], 'GRES')[0]?.ranges).toEqual([[9, 13]])
  })

  it('keeps the order and marks nothing without a query', () => {
    expect(find(['b', 'a'], '  ')).toEqual([
      { item: 'b', ranges: [] },
      { item: 'a', ranges: [] },
    ])
  })

  it('never marks outside of the text, and marks what the query says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, query) => {
        for (const { ranges } of find([text], query)) {
          for (const [start, end] of ranges) {
            expect(start).toBeLessThan(end)
            expect(end).toBeLessThanOrEqual(text.length)
          }
        }
      }),
    )
  })

  it('gives no more than the limit', () => {
    expect(find(['a1', 'a2', 'a3'], 'a', 2)).toHaveLength(2)
  })
})

describe('rangesAfter', () => {
  it('counts from the part of the text that begins there', () => {
    expect(
      rangesAfter(
        [
          [0, 3],
          [5, 9],
        ],
        5,
      ),
    ).toEqual([[0, 4]])
  })
})
