import { describe, expect, test } from 'vitest'
import { linePath, roundMax, xOf, yOf } from '../../../../src/renderer/ui/line-path.ts'

const frame = { fromAt: 100, toAt: 200, max: 10, width: 50, height: 20 }

describe('the path of a line', () => {
  test('goes through its points, later to the right, larger higher up, never beyond the edge', () => {
    const points = [
      { at: 100, value: 0 },
      { at: 150, value: 5 },
      { at: 200, value: 99 },
    ]
    expect(linePath(points, frame, 50)).toBe('M0 20L25 10L50 0')
  })

  test('has a gap where nothing was measured, and a dot for a point alone', () => {
    const points = [
      { at: 100, value: 10 },
      { at: 140, value: 10 },
      { at: 150, value: 10 },
      { at: 190, value: 10 },
    ]
    expect(linePath(points, frame, 20)).toBe('M0 0h0M20 0L25 0M45 0h0')
  })

  test('is empty without points', () => {
    expect(linePath([], frame, 20)).toBe('')
  })
})

test('a time and a value have their place in the frame', () => {
  expect(xOf(125, frame)).toBe(12.5)
  expect(yOf(2.5, frame)).toBe(15)
})

test.each([
  [[], 5, 5],
  [[4], 5, 5],
  [[5.1], 5, 10],
  [[130], 5, 200],
  [[412e6, 88e6], 10e6, 500e6],
  [[1e9], 10e6, 1e9],
])('the upper edge for %j, at least %d, is %d', (values, least, max) => {
  expect(roundMax(values, least)).toBe(max)
})
