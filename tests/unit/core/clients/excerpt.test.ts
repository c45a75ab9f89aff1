import { expect, test } from 'vitest'
import { excerptOf } from '../../../../src/core/clients/excerpt.ts'

const token = 'ghp_0123456789abcdefghijABCDEFGHIJ012345'

test('the line with one line either side', () => {
  const lines = ['a', 'b', 'c', 'd']
  const at = (line: number) => excerptOf(lines, { line, column: 1 })
  expect(at(2)).toEqual({ firstLine: 1, lines: ['a', 'b', 'c'], column: 1 })
  expect(at(1)).toEqual({ firstLine: 1, lines: ['a', 'b'], column: 1 })
  expect(at(4)).toEqual({ firstLine: 3, lines: ['c', 'd'], column: 1 })
  expect(excerptOf(lines, { line: 9, column: 1 })).toBeNull()
  expect(excerptOf(lines, null)).toBeNull()
})

test('a name above the excerpt masks the value within it', () => {
  const lines = ['"--password",', '', '"hunter2",', 'x', 'y']
  const excerpt = excerptOf(lines, { line: 4, column: 1 })
  expect(excerpt?.lines.join()).not.toContain('hunter2')
})

test.each([200, 200_000])(
  'a line of %d characters and more is cut around the position',
  (length) => {
    const line = `${'{"a":1},'.repeat(length / 8)} here ${'{"a":1},'.repeat(length / 8)}${token}`
    const excerpt = excerptOf([line], { line: 1, column: length + 2 })
    expect(excerpt?.lines).toHaveLength(1)
    const [shown] = excerpt?.lines ?? []
    expect(shown).toContain(' here ')
    expect(shown?.length).toBeLessThan(170)
  },
)

test.each([
  ['a short line', 10, 20],
  ['the begin of a long line', 10, 400],
  ['the middle of a long line', 400, 400],
  ['the end of a long line', 400, 10],
  ['the begin of a line too long to be read', 10, 40_000],
  ['the middle of a line too long to be read', 40_000, 40_000],
  ['the end of a line too long to be read', 40_000, 10],
  ['the very end', 400, 0],
])('the column is where it was, in %s', (_name, before, after) => {
  // What is masked on the way has the same length.
  const line = `"token": "hunter2"${'.'.repeat(before)} @ ${'.'.repeat(after)}`
  const column = line.indexOf('@') + 1
  const lines = ['one', line, 'three']
  const excerpt = excerptOf(lines, { line: 2, column })
  const shown = excerpt?.lines[2 - excerpt.firstLine]
  expect(shown?.length).toBeLessThan(170)
  expect(shown?.charAt((excerpt?.column ?? 0) - 1)).toBe('@')
})

test('a secret that begins before a cut stays masked', () => {
  const line = `${'x '.repeat(40_000)}${token}${' y'.repeat(40_000)}`
  const excerpt = excerptOf([line], { line: 1, column: 80_000 + 100 })
  expect(excerpt?.lines.join()).not.toMatch(/[A-J]{3}/)
})
