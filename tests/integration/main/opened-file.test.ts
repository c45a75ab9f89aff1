import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readOpenedFile } from '../../../src/main/opened-file.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mcp-manager-opened-'))
})
afterEach(async () => await rm(folder, { recursive: true, force: true }))

test('a configuration is handed to the import screen as it is', async () => {
  const file = join(folder, 'Team.JSON')
  await writeFile(file, '{"a": "ü"}')
  expect(await readOpenedFile(file)).toEqual({
    show: 'import',
    name: 'Team.JSON',
    text: '{"a": "ü"}',
  })
})

test.each([
  ['a script', 'run.sh', 'file_type'],
  ['a file without an ending', 'passwd', 'file_type'],
  ['a file that is not there', 'gone.json', 'file_unreadable'],
  ['a folder', 'folder.json', 'file_unreadable'],
  ['a device that never ends', 'zero.json', 'file_unreadable'],
  ['a file that is too large', 'large.json', 'file_size'],
] as const)('%s is refused', async (_name, what, reason) => {
  await writeFile(join(folder, 'run.sh'), '#!/bin/sh')
  await mkdir(join(folder, 'folder.json'))
  await symlink('/dev/zero', join(folder, 'zero.json'))
  await writeFile(join(folder, 'large.json'), Buffer.alloc(1_000_001))
  expect(await readOpenedFile(join(folder, what))).toEqual({ show: 'refusal', what, reason })
})
