import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, it } from 'vitest'
import { parse } from 'yaml'
import { repository } from '../temp-core.ts'

const folder = mkdtempSync(join(tmpdir(), 'mcp-manager-updates-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('merges the files of both processors under the first one', async () => {
  const merged: unknown = parse(await merge(update('1.2.0', 'x64'), update('1.2.0', 'arm64')))
  expect(merged).toEqual({
    version: '1.2.0',
    files: [
      { url: 'app-x64.zip', sha512: 'x64', size: 1 },
      { url: 'app-arm64.zip', sha512: 'arm64', size: 1 },
    ],
    path: 'app-x64.zip',
    sha512: 'x64',
    releaseDate: '2026-01-31T00:00:00.000Z',
  })
})

it('refuses files of different versions', async () => {
  await expect(merge(update('1.2.0', 'x64'), update('1.3.0', 'arm64'))).rejects.toThrow(
    'The versions differ: 1.2.0, 1.3.0',
  )
})

/** As electron-builder writes it. */
function update(version: string, arch: string): string {
  return `version: ${version}
files:
  - url: app-${arch}.zip
    sha512: ${arch}
    size: 1
path: app-${arch}.zip
sha512: ${arch}
releaseDate: '2026-01-31T00:00:00.000Z'
`
}

async function merge(...texts: string[]): Promise<string> {
  const files = texts.map((text, index) => {
    const file = join(folder, `${index}.yml`)
    writeFileSync(file, text)
    return file
  })
  const script = join(repository, 'scripts/merge-update-files.mjs')
  const { stdout } = await promisify(execFile)(process.execPath, [script, ...files])
  return stdout
}
