import { describe, expect, test } from 'vitest'
import { type JsonRow, jsonRows } from '../../../../src/renderer/ui/json-rows.ts'

const everything = { isOpen: () => true, shown: () => Number.POSITIVE_INFINITY }

/** The rows as text, as they stand on the page. */
function textOf(rows: readonly JsonRow[]): string {
  return rows
    .map((row) => {
      const comma = 'comma' in row && row.comma ? ',' : ''
      const name = row.name === null ? '' : `${row.name}: `
      const indent = '  '.repeat(row.depth)
      switch (row.kind) {
        case 'value':
          return `${indent}${name}${row.text}${comma}`
        case 'open':
          return `${indent}${name}${row.bracket}`
        case 'closed':
          return `${indent}${name}${row.bracket}${row.size === 0 ? '' : row.size}${row.bracket === '{' ? '}' : ']'}${comma}`
        case 'end':
          return `${indent}${row.bracket}${comma}`
        case 'more':
          return `${indent}+${row.hidden}`
      }
    })
    .join('\n')
}

test.each([{ a: 1, b: [true, null, { c: 'x"y' }], d: {}, e: [] }, [[], [[1]]], 'text', -0.5, null])(
  'everything open is the text of the value: %j',
  (value) => {
    expect(textOf(jsonRows(value, everything))).toBe(JSON.stringify(value, null, 2))
  },
)

test('what is closed is not walked', () => {
  const deep = Object.defineProperty({}, 'never', {
    enumerable: true,
    get: () => {
      throw new Error('read')
    },
  })
  const rows = jsonRows([[[deep]]], { isOpen: (_, depth) => depth < 2, shown: () => 100 })
  expect(textOf(rows)).toBe('[\n  [\n    [1]\n  ]\n]')
})

test('a large container lists a part and says how much is left', () => {
  const rows = jsonRows([1, 2, 3, 4], { isOpen: () => true, shown: () => 2 })
  expect(textOf(rows)).toBe('[\n  1,\n  2,\n  +2\n]')
})

test('paths are JSON pointers and unique', () => {
  const rows = jsonRows({ 'a/b': 1, 'c~d': [2] }, everything).filter((row) => row.kind !== 'end')
  expect(rows.map((row) => row.path)).toEqual(['', '/a~1b', '/c~0d', '/c~0d/0'])
})

describe('a long string', () => {
  const long = 'x'.repeat(5_000)
  test('is cut, and says how much is left', () => {
    const [row] = jsonRows(long, { isOpen: () => false, shown: () => 1 })
    expect(row).toMatchObject({ kind: 'value', hidden: 3_000 })
  })
  test('is shown in full once opened', () => {
    const [row] = jsonRows(long, everything)
    expect(row).toMatchObject({ kind: 'value', hidden: 0, text: JSON.stringify(long) })
  })
})
