import { expect, test } from 'vitest'
import { shellCommand } from '../../../../src/core/servers/shell-command.ts'

test('a command line reaches the shell of its system letter by letter', () => {
  const line = 'pass show "a b" & echo \'c\''
  expect(shellCommand(line, 'linux')).toEqual({
    command: '/bin/sh',
    args: ['-c', line],
    verbatimArguments: false,
  })
  expect(shellCommand(line, 'win32')).toEqual({
    command: 'cmd.exe',
    args: ['/d', '/s', '/c', `"${line}"`],
    verbatimArguments: true,
  })
})
