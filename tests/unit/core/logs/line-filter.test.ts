import { expect, test } from 'vitest'
import { createLineFilter } from '../../../../src/core/logs/line-filter.ts'

const regex = (pattern: string) => ({ pattern, regex: true, matchCase: false })

/** A text that keeps its first reader waiting, as a machine does that has other work, without taking the processor. */
function heldUp(text: string, ms: number): string {
  let isFirst = true
  const held = {
    toString: () => {
      if (isFirst) {
        isFirst = false
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
      }
      return text
    },
  }
  // Whatever matches it asks it for its text, which is all that a string is for here.
  return held as unknown as string
}

test('an expression is not given up because other programs had the processor', () => {
  const filter = createLineFilter(regex('needle'), 50)
  const texts = ['a needle', heldUp('another needle', 120), 'hay', 'the last needle']
  expect(filter(texts)).toEqual([true, true, false, true])
  // Nothing of the first call is left over.
  expect(filter(['hay', 'needle'])).toEqual([false, true])
})

test('one that works for too long is, whatever it has found', () => {
  const filter = createLineFilter(regex('^(a+)+$'), 50)
  expect(() => filter(['aaa', `${'a'.repeat(50)}!`])).toThrow(
    expect.objectContaining({ code: 'invalid_input' }),
  )
  expect(() => filter(['aaa'])).toThrow(expect.objectContaining({ code: 'invalid_input' }))
})
