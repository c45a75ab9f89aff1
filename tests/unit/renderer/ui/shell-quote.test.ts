import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { commandText, shellQuote } from '../../../../src/renderer/ui/shell-quote.ts'

describe('for a POSIX shell', () => {
  test.each([
    ['--headless', '--headless'],
    ['@playwright/mcp@0.0.83', '@playwright/mcp@0.0.83'],
    ['MCP Manager/1.0', "'MCP Manager/1.0'"],
    ["it's", "'it'\\''s'"],
    ['', "''"],
    ['~', "'~'"],
    ['${HOME}/code', "'${HOME}/code'"],
    ['a\u202eb', "$'a\\u202eb'"],
    ['one\ntwo', "$'one\\ntwo'"],
    ['a\u00a0b', "$'a\\u00a0b'"],
    ['a\x7fb', "$'a\\x7fb'"],
    ['=ls', "'=ls'"],
    ['café', 'café'],
  ])('%j is %s', (word, text) => {
    expect(shellQuote(word, 'posix')).toBe(text)
  })

  test('a shell reads back the same words', () => {
    const words = ['a b', "it's", '$HOME', '{a,b}', 'A=1', '*', '~', '', 'x;y', 'a\\b', '"q"', '#c']
    const line = commandText('printf', ['%s\\n', ...words], 'posix')
    expect(execFileSync('sh', ['-c', line], { encoding: 'utf8' })).toBe(`${words.join('\n')}\n`)
  })
})

test('bash reads back what cannot be seen', () => {
  const words = ['a\u00a0b', 'a\u00adb', 'a\u0085b', 'a\u202eb', "it's\n", 'a\\\u200bb']
  const line = commandText('printf', ['%s|', ...words], 'posix')
  const env = { ...process.env, LC_ALL: 'C.UTF-8' }
  expect(execFileSync('bash', ['-c', line], { encoding: 'utf8', env })).toBe(
    words.map((word) => `${word}|`).join(''),
  )
})

describe('for Windows', () => {
  test.each([
    ['C:\\tools\\uvx.exe', 'C:\\tools\\uvx.exe'],
    ['C:\\Program Files\\', '"C:\\Program Files\\\\"'],
    ['say "hi"', '"say \\"hi\\""'],
    ['100%', '"100%"'],
    ['', '""'],
  ])('%j is %s', (word, text) => {
    expect(shellQuote(word, 'windows')).toBe(text)
  })
})
