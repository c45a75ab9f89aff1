import { expect, test } from 'vitest'
import { tableLines } from '../../../../src/cli/output/table.ts'
import { printable } from '../../../../src/cli/output/terminal.ts'

test('columns are aligned and nothing is cut', () => {
  const long = 'x'.repeat(300)
  expect(
    tableLines(
      ['NAME', 'RUNS'],
      [
        ['a', 'one'],
        ['longer', long],
      ],
    ),
  ).toEqual(['NAME    RUNS', 'a       one', `longer  ${long}`])
})

test('a table without rows has no head', () => {
  expect(tableLines(['NAME'], [])).toEqual([])
})

test('a cell stays on its line', () => {
  expect(tableLines(['A', 'B'], [['x\ny', 'z']])).toEqual(['A    B', 'x y  z'])
})

test('printable removes control sequences and marks what is left of them', () => {
  expect(printable('a\x1b[2Jb\x07c\u202Ed\te\nf')).toBe('ab\uFFFDc\uFFFDd\te\nf')
})
