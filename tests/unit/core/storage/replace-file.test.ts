import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { replaceFile } from '../../../../src/core/storage/replace-file.ts'

function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mcp-manager-replace-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('a shared file keeps its mode, and is replaced behind its link', async () => {
  const folder = tempFolder()
  const [file, link] = [join(folder, 'file'), join(folder, 'link')]
  writeFileSync(file, 'old')
  chmodSync(file, 0o664)
  symlinkSync(file, link)
  await replaceFile(link, 'new', { expected: 'old' })
  expect(readFileSync(file, 'utf8')).toBe('new')
  expect(statSync(file).mode & 0o777).toBe(0o664)
  expect(readdirSync(folder)).toEqual(['file', 'link'])
})

test('a shared file that somebody wrote since it was read is left as it is', async () => {
  const folder = tempFolder()
  const file = join(folder, 'file')
  writeFileSync(file, 'theirs')
  const failure = { code: 'file_changed', data: { file } }
  await expect(replaceFile(file, 'new', { expected: 'old' })).rejects.toMatchObject(failure)
  expect(readFileSync(file, 'utf8')).toBe('theirs')
  expect(readdirSync(folder)).toEqual(['file'])
})

test('what a killed program left beside a shared file goes with the next write, and what another one writes stays', async () => {
  const folder = tempFolder()
  const [file, link] = [join(folder, 'file'), join(folder, 'elsewhere')]
  writeFileSync(file, 'old')
  symlinkSync(file, link)
  const { pid: dead } = spawnSync(process.execPath, ['--version'])
  const left = [`file.${dead}-0123456789ab.tmp`, `file.${process.pid}-0123456789ab.tmp`]
  const others = [`file.${process.ppid}-0123456789ab.tmp`, 'file.0123456789ab.tmp', 'file.tmp']
  for (const name of [...left, ...others]) writeFileSync(join(folder, name), 'a credential')
  await replaceFile(link, 'new', { expected: 'old' })
  expect(readdirSync(folder).toSorted()).toEqual([...others, 'file', 'elsewhere'].toSorted())
})
