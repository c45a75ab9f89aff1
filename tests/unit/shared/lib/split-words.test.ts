import { describe, expect, test } from 'vitest'
import { splitWords } from '../../../../src/shared/lib/split-words.ts'

describe('splitWords', () => {
  test.each([
    ['', []],
    ['  a  b\tc\n', ['a', 'b', 'c']],
    [`'a b' "c d"e`, ['a b', 'c de']],
    ['"" x', ['', 'x']],
    ['"say \\"hi\\""', ['say "hi"']],
    ['C:\\dir\\x "C:\\My Dir\\y"', ['C:\\dir\\x', 'C:\\My Dir\\y']],
    ['$X | rm *; `y`', ['$X', '|', 'rm', '*;', '`y`']],
    ["it's", null],
  ])('%s', (text, words) => {
    expect(splitWords(text)).toEqual(words)
  })
})
