import { describe, expect, test } from 'vitest'
import {
  bucketAt,
  drawVolume,
  spanOf,
} from '../../../../../src/renderer/features/logs/draw-volume.ts'
import {
  addLines,
  countOf,
  noLines,
  totalOf,
} from '../../../../../src/renderer/features/logs/volume.ts'

const volume = { fromAt: 1_000, spanMs: 100, buckets: [{ ...noLines, info: 2 }, noLines] }

describe('addLines', () => {
  test('lines fall into their span, and new spans are added', () => {
    const next = addLines(
      volume,
      [
        { at: 1_150, level: 'error' },
        { at: 1_399, level: 'warn' },
      ],
      10,
    )
    expect(next.buckets).toEqual([
      { ...noLines, info: 2 },
      { ...noLines, error: 1 },
      noLines,
      { ...noLines, warn: 1 },
    ])
    expect(volume.buckets[1]).toEqual(noLines)
  })

  test('spans become wider rather than more than so many, and no line is lost', () => {
    const lines = Array.from({ length: 1_000 }, (_, index) => ({
      at: 1_000 + index * 50,
      level: 'info' as const,
    }))
    const next = addLines(volume, lines, 8)
    expect(next.buckets.length).toBeLessThanOrEqual(8)
    expect(countOf(totalOf(next.buckets), [])).toBe(1_002)
    expect(next.spanMs % 100).toBe(0)
  })
})

test('bars stand on each other, and levels that are off are left out', () => {
  const one = { fromAt: 0, spanMs: 10, buckets: [{ debug: 5, info: 5, warn: 10, error: 20 }] }
  const bars = drawVolume(one, [])
  expect(bars.map(({ tone }) => tone)).toEqual(['rest', 'warn', 'error'])
  expect(bars[0]?.height).toBeCloseTo(9)
  expect(bars[2]?.y).toBeCloseTo(4)
  expect(drawVolume(one, ['error']).map(({ tone }) => tone)).toEqual(['error'])
})

test('a place on the chart is a bar, and two bars are a span', () => {
  expect(bucketAt(volume, 0)).toBe(0)
  expect(bucketAt(volume, 1)).toBe(1)
  expect(spanOf(volume, 1, 0)).toEqual({ fromAt: 1_000, toAt: 1_200 })
})
