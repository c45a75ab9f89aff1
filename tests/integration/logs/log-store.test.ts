import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type LogStore, openLogStore } from '../../../src/core/logs/log-store.ts'
import type { LogQuery } from '../../../src/shared/contract/logs.ts'
import type { ErrorInfo } from '../../../src/shared/domain/errors.ts'
import { serverIdSchema } from '../../../src/shared/domain/ids.ts'
import type { LogEntry, LogLine } from '../../../src/shared/domain/log-line.ts'

const a = serverIdSchema.parse('srv_aaaaaaaaaaaaaaaa')
const b = serverIdSchema.parse('srv_bbbbbbbbbbbbbbbb')

let directory = ''
let file = ''
let notices: ErrorInfo[] = []
const open: LogStore[] = []

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'log-store-'))
  file = join(directory, 'state', 'logs.db')
  notices = []
})
afterEach(async () => {
  await Promise.all(open.splice(0).map((store) => store.close()))
  await rm(directory, { recursive: true, force: true })
})

async function start(): Promise<LogStore> {
  const store = await openLogStore({ file, onNotice: (notice) => notices.push(notice) })
  open.push(store)
  return store
}

function entry(text: string, extra: Partial<LogEntry> = {}): LogEntry {
  return { serverId: a, at: 1000, source: 'stderr', level: 'info', text, protocol: null, ...extra }
}

function query(extra: Partial<LogQuery> = {}): LogQuery {
  return {
    serverIds: [a],
    sources: null,
    levels: null,
    sinceAt: null,
    untilAt: null,
    text: null,
    before: null,
    limit: 100_000,
    ...extra,
  }
}

const texts = (lines: readonly LogLine[]): string[] => lines.map((line) => line.text)
const seqs = (lines: readonly LogLine[]): number[] => lines.map((line) => line.seq)

describe('lines', () => {
  it('are stored as they are, and numbered on over a restart', async () => {
    const first = await start()
    const protocol = {
      direction: 'sent',
      kind: 'request',
      method: 'tools/list',
      id: 'x',
      durationMs: null,
      bytes: 42,
    } as const
    const appended = [
      first.append(entry('😀 über')),
      first.append(entry('{}', { source: 'protocol', level: 'debug', protocol, at: 1234.5 })),
      first.append(entry('of b', { serverId: b })),
    ]
    await first.close()

    const second = await start()
    expect(await second.query(query({ serverIds: null }))).toEqual(appended)
    expect(second.append(entry('next')).seq).toBe(3)
    expect(second.append(entry('next of b', { serverId: b })).seq).toBe(2)
    expect(texts(second.tail(a, 10))).toEqual(['next'])
    expect(texts(await second.query(query()))).toEqual(['😀 über', '{}', 'next'])
    expect(notices).toEqual([])
  })

  it('are all stored: 100,000 of them', async () => {
    const store = await start()
    for (let i = 1; i <= 100_000; i += 1) store.append(entry(`line ${i}`))
    const lines = await store.query(query())
    expect(lines).toHaveLength(100_000)
    expect(
      lines.every((line, index) => line.seq === index + 1 && line.text === `line ${line.seq}`),
    ).toBe(true)
    expect(store.stats()).toEqual({
      isStoring: true,
      appended: 100_000,
      stored: 100_000,
      dropped: 0,
    })
    expect(store.tail(a, 100_000)).toHaveLength(20_000)
  })

  it('that wait when the store is closed are stored', async () => {
    const first = await start()
    first.append(entry('last'))
    await first.close()
    expect(texts(await (await start()).query(query()))).toEqual(['last'])
  })

  it('that are too long are cut', async () => {
    const store = await start()
    store.append(entry('x'.repeat(1_000_000)))
    const [line] = await store.query(query())
    expect(line?.text).toMatch(/x \[cut: \d+ bytes more\]$/)
    expect(line?.text.length).toBeLessThanOrEqual(65_536)
  })

  it('with broken Unicode can be read back', async () => {
    const store = await start()
    store.append(entry('a\uD800b\0c'))
    expect(texts(await store.query(query()))).toEqual(['a\uFFFDb\0c'])
  })
})

describe('query', () => {
  it('finds by server, time, text and page', async () => {
    const store = await start()
    for (let i = 1; i <= 5000; i += 1) {
      store.append(entry(i % 100 === 0 ? `Needle (${i})` : `hay ${i}`, { at: i }))
      if (i % 2 === 0) store.append(entry('of b', { serverId: b, at: i }))
    }
    expect(seqs(await store.query(query({ limit: 3 })))).toEqual([4998, 4999, 5000])
    expect(
      seqs(await store.query(query({ limit: 2, before: { serverId: a, seq: 4998 } }))),
    ).toEqual([4996, 4997])
    expect(seqs(await store.query(query({ sinceAt: 4999 })))).toEqual([4999, 5000])
    const text = { pattern: 'needle (', regex: false, matchCase: false }
    expect(seqs(await store.query(query({ text, limit: 2 })))).toEqual([4900, 5000])
    expect(await store.query(query({ text }))).toHaveLength(50)
    const regex = { pattern: '^hay 1\\d$', regex: true, matchCase: false }
    expect(seqs(await store.query(query({ text: regex })))).toEqual([
      10, 11, 12, 13, 14, 15, 16, 17, 18, 19,
    ])
    const both = await store.query(query({ serverIds: null, sinceAt: 5000 }))
    expect(texts(both)).toEqual(['Needle (5000)', 'of b'])
  })

  it('refuses what cannot be searched for, and goes on', async () => {
    const store = await start()
    store.append(entry(`${'a'.repeat(60_000)}!`))
    for (const pattern of ['(', '^(a+)+$']) {
      const text = { pattern, regex: true, matchCase: false }
      const refused = { code: 'invalid_input', data: { field: 'pattern' } }
      await expect(store.query(query({ text }))).rejects.toMatchObject(refused)
      await expect(store.volume({ ...query({ text }), buckets: 1 })).rejects.toMatchObject(refused)
      await expect(
        store.match(
          text,
          store.tail(a, 1).map((line) => line.text),
        ),
      ).rejects.toMatchObject(refused)
    }
    expect(await store.query(query())).toHaveLength(1)
  })
})

describe('subscribe', () => {
  it('gives the lines so far and then each new one, without gap or duplicate', async () => {
    const store = await start()
    for (const text of ['1', '2', '3']) store.append(entry(text))
    store.append(entry('b1', { serverId: b, at: 999 }))
    const live: string[] = []
    const one = store.subscribe(a, 2, (line) => live.push(line.text))
    const all = store.subscribe(null, 3, (line) => live.push(`all ${line.text}`))
    store.append(entry('4'))
    store.append(entry('b2', { serverId: b }))
    one.unsubscribe()
    store.append(entry('5'))
    all.unsubscribe()
    all.unsubscribe()
    store.append(entry('6'))
    expect(texts(one.snapshot)).toEqual(['2', '3'])
    expect(texts(all.snapshot)).toEqual(['2', '3', 'b1'])
    expect(live).toEqual(['4', 'all 4', 'all b2', 'all 5'])
    expect(texts(store.since(a, 3))).toEqual(['4', '5', '6'])
  })
})

describe('a file that cannot be used', () => {
  it('is kept aside when it is damaged, and a new one begun', async () => {
    const first = await start()
    first.append(entry('lost'))
    await first.close()
    await writeFile(file, 'this is not a database, and long enough to be looked at'.repeat(100))

    const second = await start()
    expect(notices).toMatchObject([
      { code: 'state_corrupt', data: { file, restoredFrom: 'defaults' } },
    ])
    second.append(entry('kept'))
    expect(texts(await second.query(query()))).toEqual(['kept'])
    const names = await readdir(join(directory, 'state'))
    expect(names.some((name) => name.startsWith('logs.db.corrupt-'))).toBe(true)
  })

  it('is mended when it is found damaged on a write', async () => {
    const store = await start()
    store.append(entry('before'))
    expect(await store.query(query())).toHaveLength(1)
    const other = new DatabaseSync(file, { defensive: false })
    other.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    const { page_count: pages } = other.prepare('PRAGMA page_count').get() ?? {}
    other.exec('PRAGMA writable_schema = ON')
    // Points a table at a page that the file does not have.
    other.exec(`UPDATE sqlite_schema SET rootpage = ${Number(pages) + 50} WHERE name = 'lines'`)
    other.exec('PRAGMA schema_version = 99')
    other.close()
    store.append(entry('after'))
    expect(texts(await store.query(query()))).toEqual(['after'])
    expect(notices).toMatchObject([{ code: 'state_corrupt', data: { file } }])
    expect(store.stats()).toMatchObject({ isStoring: true, dropped: 0 })
  })

  it('leaves the log in memory when its directory cannot be made', async () => {
    await writeFile(join(directory, 'state'), 'a file is in the way')
    const store = await start()
    expect(notices).toMatchObject([{ code: 'state_read_only', data: { file } }])
    store.append(entry('one'))
    store.append(entry('two'))
    expect(texts(store.tail(a, 1))).toEqual(['two'])
    const text = { pattern: 'ONE', regex: false, matchCase: false }
    expect(texts(await store.query(query({ text })))).toEqual(['one'])
    expect(store.stats()).toEqual({ isStoring: false, appended: 2, stored: 0, dropped: 2 })
  })

  it('leaves the log in memory when it cannot be opened', async () => {
    await writeFile(join(directory, 'logs.db'), '')
    file = join(directory, 'logs.db', 'logs.db')
    const store = await start()
    expect(notices).toMatchObject([{ code: 'state_read_only' }])
    expect(store.append(entry('one')).seq).toBe(1)
  })

  it('of a newer version is left alone', async () => {
    await (await start()).close()
    const other = new DatabaseSync(file)
    other.exec('PRAGMA user_version = 99')
    other.close()
    const store = await start()
    expect(notices).toMatchObject([{ code: 'state_corrupt', data: { reason: 'newer_version' } }])
    expect(store.stats().isStoring).toBe(false)
  })
})

it('takes lines in memory after it was closed, and may be closed twice', async () => {
  const store = await start()
  await store.close()
  await store.close()
  store.append(entry('late'))
  expect(texts(store.tail(a, 5))).toEqual(['late'])
  expect(texts(await store.query(query()))).toEqual(['late'])
})
