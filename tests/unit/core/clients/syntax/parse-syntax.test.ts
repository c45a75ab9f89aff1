import { describe, expect, test } from 'vitest'
import { parseSyntax, repeatedKeys } from '../../../../../src/core/clients/syntax/parse-syntax.ts'
import {
  memberAt,
  type SyntaxNode,
  toJson,
} from '../../../../../src/core/clients/syntax/syntax-tree.ts'

function json(root: SyntaxNode | null): unknown {
  return root === null ? null : toJson(root)
}

test('the three notations give the same tree', () => {
  const expected = { a: { list: ['x', 1, true], 'k.k': 'v' } }
  expect(
    json(parseSyntax('jsonc', '{"a": {"list": ["x", 1, true,], "k.k": "v"}} // end').root),
  ).toEqual(expected)
  expect(json(parseSyntax('toml', '[a]\nlist = ["x", 1, true]\n"k.k" = "v"\n').root)).toEqual(
    expected,
  )
  expect(json(parseSyntax('yaml', 'a:\n  list: [x, 1, true]\n  k.k: v\n').root)).toEqual(expected)
})

test.each([
  ['jsonc', '\uFEFF{"a": 1}'],
  ['toml', '\uFEFFa = 1'],
  ['yaml', '\uFEFFa: 1'],
] as const)('%s: a byte order mark is no fault', (kind, text) => {
  const { root, faults } = parseSyntax(kind, text)
  expect(json(root)).toEqual({ a: 1 })
  expect(faults).toEqual([])
})

describe('positions', () => {
  test.each([
    ['jsonc', '{\r\n  "a": tru\r\n}', { line: 2, column: 8 }],
    ['jsonc', '{\n\t"a": 1,\n\t"b" 2\n}', { line: 3, column: 6 }],
    ['toml', 'a = 1\nb = nope\n', { line: 2, column: 5 }],
    ['yaml', 'a: 1\nb: [1, 2\nc: 3\n', { line: 3, column: 1 }],
  ] as const)('%s %j', (kind, text, at) => {
    expect(parseSyntax(kind, text).faults[0]?.at).toEqual(at)
  })

  test('a repeated key is told where it is repeated, and the last value counts', () => {
    const { root } = parseSyntax('jsonc', '{"a": 1,\n "b": {"c": 1, "c": 2},\n "a": 3}')
    expect(json(root)).toEqual({ a: 3, b: { c: 2 } })
    expect(root === null ? [] : repeatedKeys(root).map(({ key, at }) => ({ key, ...at }))).toEqual([
      { key: 'a', line: 3, column: 2 },
      { key: 'c', line: 2, column: 16 },
    ])
  })
})

describe('what is damaged', () => {
  test.each([
    ['{"s": {"good": {"k": 1}, "bad": {"k": oops}, "also": {"k": 2}}}', [false, true, false]],
    ['{"s": {"good": {"k": 1}, "bad": {"k": "open', [false, true]],
    ['{"s": {"comma": {"k": 1 "l": 2}}}', [false]],
    ['{"s": {"good": {"k": 1}', [false]],
  ])('%s', (text, damaged) => {
    const section = memberAt(parseSyntax('jsonc', text).root ?? undefined, ['s'])
    const entries = section?.kind === 'object' ? section.entries : []
    expect(entries.map(({ value }) => value.kind === 'object' && value.damaged)).toEqual(damaged)
  })
})

test('a broken TOML table is left out with its sub-tables, and the others stay', () => {
  const text = '[s.a]\nk = 1\n[s.b.env]\nx = 1\n[s.b]\nk = oops\n[s.c]\nk = 3\n[[s.d]]\nk = \n'
  const { root, faults } = parseSyntax('toml', text)
  expect(json(root)).toEqual({ s: { a: { k: 1 }, c: { k: 3 } } })
  expect(faults.map(({ at, message }) => [at?.line, message.includes('[s.')])).toEqual([
    [6, true],
    [10, true],
  ])
})

test('YAML: merge keys and aliases are followed, numbers keep their text', () => {
  const { root } = parseSyntax('yaml', 'x: &x {k: 1, l: 2}\ny:\n  <<: *x\n  l: 3\nz: 007\n')
  expect(json(root)).toEqual({ x: { k: 1, l: 2 }, y: { k: 1, l: 3 }, z: 7 })
  const z = memberAt(root ?? undefined, ['z'])
  expect(z?.kind === 'scalar' ? z.raw : '').toBe('007')
})

test('YAML: an alias that holds itself is told, not fatal', () => {
  const { root, faults } = parseSyntax('yaml', 'a: &a\n  b: *a\n')
  expect(root).toBeNull()
  expect(faults).toHaveLength(1)
})
