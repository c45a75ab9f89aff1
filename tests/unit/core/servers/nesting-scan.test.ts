import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { maxNesting, NestingScan } from '../../../../src/core/servers/nesting-scan.ts'

const nested = (depth: number, inner: string) => '[{"a":'.repeat(depth / 2) + inner

/** Whether any piece made it too deep, with the bytes cut into pieces of these sizes, again and again. */
function isTooDeep(text: string, sizes: readonly number[]): boolean {
  const scan = new NestingScan()
  const bytes = Buffer.from(text)
  for (let at = 0, piece = 0; at < bytes.length; piece += 1) {
    const end = at + (sizes[piece % sizes.length] ?? 1)
    if (scan.isTooDeep(bytes.subarray(at, end))) return true
    at = end
  }
  return false
}

test('only brackets outside of texts count, however texts are escaped and the bytes are cut', () => {
  const text = fc.string({ unit: fc.constantFrom('\\', '"', '[', '{', ']', '}', 'a', 'é') })
  const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 9 })
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 8 }), sizes, (texts, cuts) => {
      // Each text stands at the deepest level that is taken.
      const inner = JSON.stringify(texts).slice(1, -1)
      expect(isTooDeep(nested(maxNesting, inner), cuts)).toBe(false)
      expect(isTooDeep(nested(maxNesting, `${inner},[`), cuts)).toBe(true)
    }),
  )
})

test('what is closed again is no longer deep', () => {
  expect(isTooDeep('[[]{}],'.repeat(maxNesting), [7])).toBe(false)
})
