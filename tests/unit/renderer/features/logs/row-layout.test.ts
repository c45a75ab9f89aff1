import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  idAt,
  offsetOf,
  rowHeight,
  totalHeight,
} from '../../../../../src/renderer/features/logs/row-layout.ts'

test('details move what is below them', () => {
  const layout = { firstId: -2, endId: 8, details: [{ id: 1, height: 100 }] }
  expect(offsetOf(layout, -2)).toBe(0)
  expect(offsetOf(layout, 1)).toBe(3 * rowHeight)
  expect(offsetOf(layout, 2)).toBe(4 * rowHeight + 100)
  expect(totalHeight(layout)).toBe(10 * rowHeight + 100)
  expect(idAt(layout, 4 * rowHeight + 50)).toBe(1)
  expect(idAt(layout, 4 * rowHeight + 100)).toBe(2)
  expect(idAt(layout, -5)).toBe(-2)
  expect(idAt(layout, 1e9)).toBe(7)
})

test('the row at the top of a row is that row', () => {
  const ids = fc.uniqueArray(fc.integer({ min: -20, max: 60 }), { maxLength: 6 })
  fc.assert(
    fc.property(ids, fc.integer({ min: 0, max: 39 }), (open, id) => {
      const details = open.toSorted((a, b) => a - b).map((one) => ({ id: one, height: 77 }))
      const layout = { firstId: 0, endId: 40, details }
      expect(idAt(layout, offsetOf(layout, id))).toBe(id)
      expect(idAt(layout, offsetOf(layout, id) + rowHeight - 1)).toBe(id)
    }),
  )
})
