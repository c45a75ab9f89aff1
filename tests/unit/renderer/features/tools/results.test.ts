import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { callCommand, requestOf } from '../../../../../src/renderer/features/tools/call-text.ts'
import {
  base64Bytes,
  bytesOfBase64,
  fileNameOf,
} from '../../../../../src/renderer/features/tools/media.ts'
import { parseArgs } from '../../../../../src/renderer/features/tools/offer-forms.ts'
import type { RunResult } from '../../../../../src/renderer/features/tools/offer-runs.ts'
import { tableOf } from '../../../../../src/renderer/features/tools/result-table.ts'
import { resultData, resultViews } from '../../../../../src/renderer/features/tools/result-views.ts'
import {
  isLongText,
  splitCode,
  splitLong,
} from '../../../../../src/renderer/features/tools/split-text.ts'
import { serverIdSchema } from '../../../../../src/shared/domain/ids.ts'
import type { ToolResult } from '../../../../../src/shared/domain/inventory.ts'

function tool(result: ToolResult): RunResult {
  return { kind: 'tool', result, outputProblems: null }
}

describe('a table', () => {
  test('is a list of objects, or the one such member of an object', () => {
    const list = [
      { n: 1, labels: ['a', 'b'] },
      { n: 2, more: { x: null } },
    ]
    const expected = {
      columns: [
        { name: 'n', isNumeric: true },
        { name: 'labels', isNumeric: false },
        { name: 'more', isNumeric: false },
      ],
      rows: [
        ['1', 'a, b', ''],
        ['2', '', '{"x":null}'],
      ],
    }
    expect(tableOf(list)).toEqual({ name: null, ...expected })
    expect(tableOf({ issues: list, total: 2 })).toEqual({ name: 'issues', ...expected })
  })

  test.each([[[]], [[1, 2]], [{ a: [{}], b: [{}] }], [{ a: 1 }], ['text'], [[{}]], [undefined]])(
    'is not %j',
    (value) => {
      expect(tableOf(value)).toBeNull()
    },
  )
})

describe('the views of a result', () => {
  test('leave out the text that only repeats the structure', () => {
    const structuredContent = { rows: [{ a: 1 }] }
    const text = JSON.stringify(structuredContent, null, 2)
    expect(resultViews(tool({ content: [{ type: 'text', text }], structuredContent }))).toEqual([
      'table',
      'json',
      'raw',
    ])
    expect(
      resultViews(tool({ content: [{ type: 'text', text: 'One row.' }], structuredContent })),
    ).toEqual(['table', 'json', 'content', 'raw'])
  })

  test('read a text that is JSON, but not one of an error', () => {
    const content = [{ type: 'text', text: ' {"a": 1}' }]
    expect(resultViews(tool({ content }))).toEqual(['json', 'content', 'raw'])
    expect(resultData(tool({ content }))).toEqual({ a: 1 })
    expect(resultViews(tool({ content, isError: true }))).toEqual(['content', 'raw'])
    expect(resultViews(tool({ content: [{ type: 'text', text: '{not json' }] }))).toEqual([
      'content',
      'raw',
    ])
  })
})

test('a long text is cut without a loss, at lines where it can be', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      const pieces = splitLong(text, 16)
      expect(pieces.map((piece) => piece.text).join('')).toBe(text)
      for (const piece of pieces) expect(piece.text.isWellFormed()).toBe(text.isWellFormed())
    }),
  )
  expect(splitLong('aaaaaa\nbbbb', 8).map(({ text }) => text)).toEqual(['aaaaaa\n', 'bbbb'])
})

test('code spans are told apart, and a lonely backtick stays', () => {
  expect(splitCode('Use `since` and ` alone')).toEqual([
    { at: 0, text: 'Use ', isCode: false },
    { at: 4, text: 'since', isCode: true },
    { at: 11, text: ' and ` alone', isCode: false },
  ])
})

test('a call is copied as it is typed in a shell, and as the protocol carries it', () => {
  expect(callCommand('files', '--output=x', {}, 'posix')).toBe(
    'mcp-manager call -- files --output=x {}',
  )
  expect(callCommand('my server', 'echo', { message: "it's" }, 'posix')).toBe(
    `mcp-manager call 'my server' echo '{"message":"it'\\''s"}'`,
  )
  const serverId = serverIdSchema.parse('srv_0000000000000001')
  expect(requestOf({ serverId, kind: 'template', name: 'demo://{id}' }, { id: 7 })).toEqual({
    method: 'resources/read',
    params: { uri: 'demo://7' },
  })
})

test('bytes are counted and read from base64', () => {
  for (const text of ['', 'a', 'ab', 'abc', 'abcd']) {
    const encoded = btoa(text)
    expect(base64Bytes(encoded)).toBe(text.length)
    expect(new TextDecoder().decode(bytesOfBase64(encoded))).toBe(text)
  }
})

test.each([
  ['file:///a/b.txt', 'b.txt'],
  ['demo://x/?q=1', 'x'],
  ['demo://..', 'resource'],
  ['a\\b:c', 'a_b_c'],
])('a file for %s is called %s', (uri, name) => {
  expect(fileNameOf(uri)).toBe(name)
})

test('arguments as JSON have to be an object', () => {
  expect(parseArgs(' ')).toEqual({ args: {} })
  expect(parseArgs('{"a":[1]}')).toEqual({ args: { a: [1] } })
  expect(parseArgs('[1]')).toEqual({ fault: '' })
  expect(parseArgs('{')).toHaveProperty('fault')
})

test('a text of many lines, or of few long ones, is folded', () => {
  expect(isLongText('a\n'.repeat(7))).toBe(false)
  expect(isLongText('a\n'.repeat(8))).toBe(true)
  expect(isLongText('a'.repeat(700))).toBe(false)
  expect(isLongText('a'.repeat(701))).toBe(true)
})
