import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Bounds, placeWindow } from '../../../src/main/place-window.ts'

const laptop = { x: 0, y: 0, width: 1_440, height: 900 }
const beside = { x: 1_440, y: 0, width: 1_920, height: 1_080 }
const kept = (bounds: Bounds) => ({ bounds, isMaximized: false })

describe('where the window opens', () => {
  test('the first time: in the middle of the first screen', () => {
    expect(placeWindow(null, [laptop, beside])).toEqual({ x: 80, y: 40, width: 1_280, height: 820 })
  })

  test('where it was, on any screen', () => {
    const bounds = { x: 1_600, y: 100, width: 1_000, height: 700 }
    expect(placeWindow(kept(bounds), [laptop, beside])).toEqual(bounds)
  })

  test('in the middle of the first one where its screen is gone', () => {
    const bounds = { x: 1_600, y: 100, width: 1_000, height: 700 }
    expect(placeWindow(kept(bounds), [laptop])).toEqual({
      x: 220,
      y: 100,
      width: 1_000,
      height: 700,
    })
  })

  test('never larger than its screen', () => {
    const bounds = { x: 0, y: 0, width: 5_000, height: 4_000 }
    expect(placeWindow(kept(bounds), [laptop])).toMatchObject({ width: 1_440, height: 900 })
  })

  test('always with enough of it on a screen to grab it', () => {
    const number = fc.integer({ min: -10_000, max: 10_000 })
    const size = fc.integer({ min: 1, max: 10_000 })
    const bounds = fc.record({ x: number, y: number, width: size, height: size })
    fc.assert(
      fc.property(bounds, (one) => {
        const { x, y, width } = placeWindow(kept(one), [laptop, beside])
        return [laptop, beside].some(
          (area) =>
            Math.min(x + width, area.x + area.width) - Math.max(x, area.x) >= 120 &&
            y >= area.y &&
            y <= area.y + area.height - 120,
        )
      }),
    )
  })
})
