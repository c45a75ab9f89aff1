import { expect, test } from 'vitest'
import { excerptOf } from '../../../../src/core/clients/excerpt.ts'

const token = 'ghp_0123456789abcdefghijABCDEFGHIJ012345'

test('the line with one line either side', () => {
  const lines = ['a', 'b', 'c', 'd']
  expect(excerptOf(lines, { line: 2, column: 1 })).toEqual({ firstLine: 1, lines: ['a', 'b', 'c'] })
  expect(excerptOf(lines, { line: 1, column: 1 })).toEqual({ firstLine: 1, lines: ['a', 'b'] })
  expect(excerptOf(lines, { line: 4, column: 1 })).toEqual({ firstLine: 3, lines: ['c', 'd'] })
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

test('a secret that begins before a cut stays masked', () => {
  const line = `${'x '.repeat(40_000)}${token}${' y'.repeat(40_000)}`
  const excerpt = excerptOf([line], { line: 1, column: 80_000 + 100 })
  expect(excerpt?.lines.join()).not.toMatch(/[A-J]{3}/)
})
