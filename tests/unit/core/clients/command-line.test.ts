import { describe, expect, test } from 'vitest'
import { wholeCommandLine } from '../../../../src/core/clients/command-line.ts'

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
