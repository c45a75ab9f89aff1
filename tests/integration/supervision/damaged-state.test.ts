import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeTempHome } from '../temp-core.ts'
import { allKept, fillStored, keptOf, noticesOf, startStored } from './stored-home.ts'

let filled: string
beforeAll(async () => {
  filled = mkdtempSync(join(tmpdir(), 'mcp-manager-filled-'))
  await fillStored(filled)
})
afterAll(() => rmSync(filled, { recursive: true, force: true }))

const jsonFiles = ['servers', 'settings', 'cache', 'actions', 'door', 'vault'].map(
  (name) => `${name}.json`,
)
const database = 'logs.sqlite'

test.for([
  ['truncated', (content: Buffer) => content.subarray(0, Math.floor(content.length / 2))],
  ['emptied', () => Buffer.alloc(0)],
  ['written over', (content: Buffer) => Buffer.alloc(content.length, '\u0000{"x":')],
] as const)(
  'with every state file %s the host starts, says so, keeps copies and has lost nothing',
  async ([kind, damage]) => {
    const { data } = makeTempHome()
    cpSync(filled, data, { recursive: true })
    const damaged = new Map<string, Buffer>()
    for (const name of [...jsonFiles, database]) {
      const file = join(data, name)
      const content = damage(readFileSync(file))
      writeFileSync(file, content)
      // An empty database is a new one: there is nothing in it to keep.
      if (kind !== 'emptied' || name !== database) damaged.set(file, content)
    }
    // What nobody reads at a start by itself: the record of a host, and of its processes.
    writeFileSync(join(data, 'host.json'), '{"pid":')

    const host = await startStored(data)
    const notices = await noticesOf(host)
    expect(new Set(notices.map((notice) => notice.data['file']))).toEqual(new Set(damaged.keys()))
    for (const { code, data: told } of notices) {
      expect(code).toBe('state_corrupt')
      expect(readFileSync(String(told['keptAs']))).toEqual(damaged.get(String(told['file'])))
    }
    expect(await keptOf(host)).toEqual(allKept)
    await host.close()

    const next = await startStored(data)
    expect(await noticesOf(next)).toEqual([])
    expect(await keptOf(next)).toEqual(allKept)
  },
)
