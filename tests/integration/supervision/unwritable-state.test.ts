import { execFileSync } from 'node:child_process'
import {
  closeSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { errnoOf } from '../../../src/core/storage/errno.ts'
import { connectToLiveHost } from '../../../src/host/connect-live-host.ts'
import { resolveDataPaths } from '../../../src/host/data-dir.ts'
import { codeOf, makeTempHome } from '../temp-core.ts'
import { allKept, fillStored, keptOf, noticesOf, startStored } from './stored-home.ts'

let filled: string
beforeAll(async () => {
  filled = mkdtempSync(join(tmpdir(), 'mcp-manager-filled-'))
  await fillStored(filled)
})
afterAll(() => rmSync(filled, { recursive: true, force: true }))

/** A small file system of its own, with a filled data directory in it. */
function mountFilled(): { readonly mount: string; readonly data: string } {
  const { root } = makeTempHome()
  const mount = join(root, 'mount')
  mkdirSync(mount)
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', mount])
  onTestFinished(() => void execFileSync('umount', ['--lazy', mount]))
  const data = join(mount, 'data')
  cpSync(filled, data, { recursive: true })
  return { mount, data }
}

function fillUp(mount: string): void {
  const file = openSync(join(mount, 'filler'), 'w')
  try {
    for (;;) writeSync(file, Buffer.alloc(4_096))
  } catch (error) {
    if (errnoOf(error) !== 'ENOSPC') throw error
  } finally {
    closeSync(file)
  }
}

// Only root may mount. Elsewhere the unit tests of the state file have what a user can do: a write-protected file.
const isRoot = process.getuid?.() === 0 && process.platform === 'linux'
const kinds = isRoot ? (['full', 'read-only'] as const) : []

for (const kind of kinds) {
  test(`on a ${kind} disk the host starts, says so, serves and can be found; what it cannot store is refused`, async () => {
    const { mount, data } = mountFilled()
    if (kind === 'full') fillUp(mount)
    else execFileSync('mount', ['-o', 'remount,ro', mount])

    const host = await startStored(data)
    const notices = await noticesOf(host)
    expect(notices).toContainEqual({
      code: 'state_read_only',
      data: { file: join(data, 'host.json'), reason: kind === 'full' ? 'ENOSPC' : 'EROFS' },
    })
    expect(await keptOf(host)).toEqual(allKept)

    const paths = resolveDataPaths({ MCP_MANAGER_HOME: data })
    const connection = await connectToLiveHost({ paths })
    const stored = connection?.client.settings.change({ startup: { startServers: true } })
    await expect(stored).rejects.toMatchObject({ data: { code: 'state_read_only' } })
    await connection?.close()
    expect(await codeOf(startStored(data))).toBe('host_running')
    await host.close()

    if (kind === 'full') rmSync(join(mount, 'filler'))
    else execFileSync('mount', ['-o', 'remount,rw', mount])
    const next = await startStored(data)
    expect(await noticesOf(next)).toEqual([])
    expect(await keptOf(next)).toEqual(allKept)
    expect(readdirSync(data).filter((name) => /tmp$|corrupt/.test(name))).toEqual([])
  })
}
