import { describe, expect, test } from 'vitest'
import { splitWords, wholeCommandLine } from '../../../../src/core/clients/command-line.ts'

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

describe('wholeCommandLine', () => {
  test.each([
    ['docker run -i "my image"', { command: 'docker', args: ['run', '-i', 'my image'] }],
    ['npx', null],
    ['  npx  ', null],
    ['/opt/My Tools/server', null],
    ['C:\\Program Files\\nodejs\\node.exe', null],
    ['${HOME}/bin/x y', null],
    ['say "open', null],
  ])('%s', (command, expected) => {
    expect(wholeCommandLine(command)).toEqual(expected)
  })
})
