import { expect, it } from 'vitest'
import { shortPath } from '../../../../src/renderer/host/short-path.ts'

it.each([
  ['/home/ada/code/x.json', '/home/ada', '~/code/x.json'],
  ['/home/ada', '/home/ada', '~'],
  ['/home/adam/x', '/home/ada', '/home/adam/x'],
  ['C:\\Users\\ada\\x', 'C:\\Users\\ada', '~\\x'],
  ['/etc/x', '/', '/etc/x'],
  ['/etc/x', '', '/etc/x'],
])('writes %s at home %s as %s', (path, homeDir, expected) => {
  expect(shortPath(path, homeDir)).toBe(expected)
})
