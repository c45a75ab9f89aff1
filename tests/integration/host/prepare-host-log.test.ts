import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { hostLogBytes, prepareHostLog } from '../../../src/host/prepare-host-log.ts'

let home = ''
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'mcp-manager-log-'))
})
afterEach(() => rmSync(home, { recursive: true }))

test('a log that is not there yet gets its folder', () => {
  prepareHostLog(join(home, 'new', 'host.log'))
  expect(readdirSync(join(home, 'new'))).toEqual([])
})

test('a small log stays, a large one is set aside in place of the one before', () => {
  const file = join(home, 'host.log')
  writeFileSync(file, 'second')
  writeFileSync(`${file}.1`, 'first')
  prepareHostLog(file)
  expect(readFileSync(file, 'utf8')).toBe('second')
  truncateSync(file, hostLogBytes + 1)
  prepareHostLog(file)
  expect(readdirSync(home)).toEqual(['host.log.1'])
  expect(readFileSync(`${file}.1`, 'utf8')).toMatch(/^second/)
})
