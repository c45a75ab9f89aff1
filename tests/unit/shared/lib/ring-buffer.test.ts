import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { RingBuffer } from '../../../../src/shared/lib/ring-buffer.ts'

test('it holds what an array would, cut to its capacity', () => {
  const operation = fc.oneof(
    { weight: 5, arbitrary: fc.record({ do: fc.constant('push' as const), n: fc.nat() }) },
    fc.constant({ do: 'shift' as const, n: 0 }),
    fc.constant({ do: 'clear' as const, n: 0 }),
  )
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 7 }), fc.array(operation), (capacity, operations) => {
      const ring = new RingBuffer<{ n: number }>(capacity)
      let model: { n: number }[] = []
      for (const one of operations) {
        const [oldest] = model
        let answer: { n: number } | undefined
        let expected: { n: number } | undefined
        if (one.do === 'push') {
          const item = { n: one.n }
          answer = ring.push(item)
          expected = model.length === capacity ? oldest : undefined
          model = [...model, item].slice(-capacity)
        } else if (one.do === 'shift') {
          answer = ring.shift()
          expected = oldest
          model = model.slice(1)
        } else {
          ring.clear()
          model = []
        }
        expect(answer).toBe(expected)
        expect(ring.length).toBe(model.length)
        expect(ring.toArray()).toEqual(model)
        expect(ring.toArray(2)).toEqual(model.slice(-2))
        expect(ring.at(0)).toBe(model[0])
        expect(ring.at(-1)).toBeUndefined()
        expect(ring.at(model.length)).toBeUndefined()
      }
    }),
  )
})

test.for([0, -1, 1.5, Number.NaN])('a capacity of %s is refused', (capacity) => {
  expect(() => new RingBuffer(capacity)).toThrow(RangeError)
})
