import { expect, test } from 'vitest'
import { parseCmdline } from '../../../../src/core/machine/linux-details.ts'
import { socketStates } from '../../../../src/core/machine/linux-pipes.ts'
import { parsePsDetails } from '../../../../src/core/machine/ps-details.ts'
import {
  parseWindowsDetails,
  splitWindowsCommandLine,
} from '../../../../src/core/machine/windows-details.ts'

test.each([
  ['node\0/x y.js\0a\nb\0', ['node', '/x y.js', 'a\nb']],
  ['npm exec @a/b c\0\0\0\0', ['npm', 'exec', '@a/b', 'c']],
  ['/opt/My App/run\0', ['/opt/My App/run']],
  ['claude\0', ['claude']],
])('Linux: %j', (line, args) => {
  expect(parseCmdline(line)).toEqual(args)
})

test('a connected socket that nobody holds the other end of has two references', () => {
  const table = `Num       RefCount Protocol Flags    Type St Inode Path
00000000e20fd034: 00000003 00000000 00000000 0001 03 11
00000000e20fd035: 00000002 00000000 00000000 0001 03 12
00000000e20fd036: 00000002 00000000 00010000 0001 01 13 /run/listens
00000000e20fd037: 00000002 00000000 00000000 0002 03 14
`
  expect([...socketStates(table)]).toEqual([
    ['socket:[11]', 'open'],
    ['socket:[12]', 'closed'],
  ])
})

test('macOS: a program with spaces in its path, another user, a line that says nothing', () => {
  const commands = `
  411   501 /Applications/Claude.app/Contents/MacOS/Claude
  412   501 /Applications/My Apps/x y --flag  a
  413     0 /sbin/launchd
  414   501 npm exec @a/b
  415
`
  const programs = `
  411 /Applications/Claude.app/Contents/MacOS/Claude
  412 /Applications/My Apps/x y
  413 /sbin/launchd
  414 npm exec @a/b
`
  const details = parsePsDetails(commands.split('\n'), programs.split('\n'), 501)
  expect(details.get(412)).toMatchObject({
    args: ['/Applications/My Apps/x y', '--flag', 'a'],
    executable: '/Applications/My Apps/x y',
    mayEnd: true,
    isPiped: null,
  })
  expect(details.get(413)?.mayEnd).toBe(false)
  expect(details.get(414)?.args).toEqual(['npm', 'exec', '@a/b'])
  expect([...details.keys()]).toEqual([411, 412, 413, 414])
})

test.each([
  ['node.exe a b', ['node.exe', 'a', 'b']],
  ['"C:\\Program Files\\n\\node.exe"  "a b" c', ['C:\\Program Files\\n\\node.exe', 'a b', 'c']],
  ['x "a\\"b" c\\d "e\\\\" f', ['x', 'a"b', 'c\\d', 'e\\', 'f']],
  ['x "" "a""b"', ['x', '', 'a"b']],
  ['', []],
])('Windows: %s', (line, words) => {
  expect(splitWindowsCommandLine(line)).toEqual(words)
})

test('Windows: processes of others have no command line, and one alone is no list', () => {
  const mine = { ProcessId: 7, ExecutablePath: 'C:\\n\\node.exe', CommandLine: 'node x.js' }
  const others = { ProcessId: 8, ExecutablePath: null, CommandLine: null }
  expect([...parseWindowsDetails(JSON.stringify([mine, others])).keys()]).toEqual([7])
  expect(parseWindowsDetails(JSON.stringify(mine)).get(7)?.args).toEqual(['node', 'x.js'])
})
