import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { JsonPieces } from '../../../../src/core/servers/json-pieces.ts'

const cuts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 9 })

function parseInPieces(text: string, sizes: readonly number[]): unknown {
  const json = new JsonPieces()
  for (let at = 0, piece = 0; at < text.length; piece += 1) {
    const end = at + (sizes[piece % sizes.length] ?? 1)
    json.take(text.slice(at, end))
    at = end
  }
  return json.end()
}

function parseWhole(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

test('any value is the same in any pieces, down to the order of its members', () => {
  const values = fc.json({ maxDepth: 5, stringUnit: 'binary' })
  fc.assert(
    fc.property(values, cuts, fc.constantFrom(0, 1, '\t'), (text, sizes, space) => {
      const spaced = JSON.stringify(JSON.parse(text), null, space)
      const parsed = parseInPieces(spaced, sizes)
      expect(JSON.stringify(parsed)).toBe(JSON.stringify(JSON.parse(text)))
      expect(parsed).toEqual(JSON.parse(text))
    }),
    { numRuns: 2_000 },
  )
})

test('any text is JSON in pieces if and only if it is as a whole', () => {
  const marks = ['{', '}', '[', ']', ',', ':', '"', '\\', '\\u00e9', '\\ud83d', '\\n', '\n', ' ']
  const words = ['a', 'é', '1', '-', '0', '.5', 'e9', 'E+1', 'true', 'null', 'false', '"a"', '"a":']
  const tokens = fc.constantFrom(...marks, ...words, '"__proto__":')
  const texts = fc.array(tokens, { maxLength: 12 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(texts, cuts, (text, sizes) => {
      expect(parseInPieces(text, sizes)).toEqual(parseWhole(text))
    }),
    { numRuns: 20_000 },
  )
})

test.each([
  ['{"__proto__":{"a":1},"constructor":2,"2":0,"1":0}'],
  ['{"a":1,"a":2}'],
  ['"\\\\\\"\\\\"'],
  ['"\\ud83d\\ude00\\u0000"'],
  ['-0'],
  [' [ 1e400 , -1.5E-3 ] '],
])('%s', (text) => {
  for (const size of [1, 2, 3, 100]) {
    const parsed = parseInPieces(text, [size])
    expect(parsed).toStrictEqual(JSON.parse(text))
    expect(JSON.stringify(parsed)).toBe(JSON.stringify(JSON.parse(text)))
  }
})

test('what never ends, and a number without end, is none', () => {
  expect(parseInPieces('{"a":[1', [2])).toBeUndefined()
  expect(parseInPieces('', [1])).toBeUndefined()
  expect(parseInPieces('1'.repeat(10_000), [7])).toBeUndefined()
})

test('a nesting of any depth takes no stack', () => {
  const depth = 200_000
  const parsed = parseInPieces('['.repeat(depth) + ']'.repeat(depth), [65_536])
  expect(Array.isArray(parsed)).toBe(true)
})
