import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { LogDatabase } from '../../../src/core/logs/log-database.ts'
import { openLogStore } from '../../../src/core/logs/log-store.ts'
import type { LogQuery } from '../../../src/shared/contract/logs.ts'
import { serverIdSchema } from '../../../src/shared/domain/ids.ts'
import type { LogEntry } from '../../../src/shared/domain/log-line.ts'

const a = serverIdSchema.parse('srv_aaaaaaaaaaaaaaaa')
const b = serverIdSchema.parse('srv_bbbbbbbbbbbbbbbb')
const dayMs = 24 * 60 * 60 * 1000
const all: LogQuery = {
  serverIds: null,
  sources: null,
  levels: null,
  sinceAt: null,
  untilAt: null,
  text: null,
  before: null,
  limit: 100_000,
}

let directory = ''
let file = ''
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'log-retention-'))
  file = join(directory, 'logs.db')
})
afterEach(async () => {
  await rm(directory, { recursive: true, force: true })
})

function entry(at: number, text = 'x', serverId = a): LogEntry {
  return { serverId, at, source: 'stderr', level: 'info', text, protocol: null }
}

it('removes what is too old, and goes on with the numbers of a server that has no line left', async () => {
  const now = Date.now()
  const store = await openLogStore({ file, onNotice: () => {} })
  for (let i = 0; i < 2_500; i += 1) store.append(entry(now - 3 * dayMs))
  store.append(entry(now, 'young', b))
  // What is on its way to the disk is not there to be removed.
  await expect.poll(() => store.stats().stored).toBe(2_501)
  store.setRetention({ keepDays: 2, keepMegabytes: 100 })
  await expect
    .poll(async () => (await store.query(all)).map((line) => line.text))
    .toEqual(['young'])
  expect(await store.query({ ...all, before: { serverId: a, seq: 2_500 } })).toEqual([])
  await store.close()
  const again = await openLogStore({ file, onNotice: () => {} })
  expect(again.append(entry(now)).seq).toBe(2_501)
  expect(again.append(entry(now, 'x', b)).seq).toBe(2)
  await again.close()
})

it('keeps the file within its bound while lines are written, and loses none of the newest', async () => {
  const now = Date.now()
  const store = await openLogStore({ file, onNotice: () => {} })
  store.setRetention({ keepDays: 10, keepMegabytes: 2 })
  const total = 30_000
  for (let i = 0; i < total; i += 1) {
    store.append(entry(now, `${i} ${'x'.repeat(200)}`))
    // Lets the worker write and remove in turn, as it does when lines come in over time.
    if (i % 1_000 === 0) await store.query({ ...all, limit: 1 })
  }
  await expect.poll(() => sizeOf(file)).toBeLessThanOrEqual(2_000_000)
  const lines = await store.query(all)
  expect(lines.length).toBeGreaterThan(2_000)
  expect(lines.map((line) => line.seq)).toEqual(lines.map((_, i) => total - lines.length + i + 1))
  expect(store.stats()).toMatchObject({ stored: total, dropped: 0 })

  store.setRetention({ keepDays: 10, keepMegabytes: 0.5 })
  await expect.poll(() => sizeOf(file)).toBeLessThanOrEqual(500_000)
  expect((await store.query(all)).at(-1)?.seq).toBe(total)
  await store.close()
})

it('does a little at a time', () => {
  const database = new LogDatabase(file)
  const lines = Array.from({ length: 2_500 }, (_, i) => ({ ...entry(i), seq: i + 1 }))
  database.write(lines)
  const retention = { keepDays: 1, keepMegabytes: 10 }
  const left: number[] = []
  for (let more = true; more; ) {
    more = database.prune(retention, 10 * dayMs)
    left.push(database.query(all).length)
  }
  expect(left.slice(0, 4)).toEqual([1_500, 500, 0, 0])
  database.close()
})

it('takes over a file of version 1', async () => {
  const old = new DatabaseSync(file)
  old.exec(`
    CREATE TABLE servers (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE lines (
      row INTEGER PRIMARY KEY, server INTEGER NOT NULL REFERENCES servers (key), seq INTEGER NOT NULL, at REAL NOT NULL,
      source TEXT NOT NULL, level TEXT NOT NULL, text TEXT NOT NULL, protocol TEXT
    ) STRICT;
    CREATE INDEX lines_by_server ON lines (server, seq);
    CREATE INDEX lines_by_time ON lines (at);
    PRAGMA user_version = 1;
    INSERT INTO servers VALUES (1, '${a}');
    INSERT INTO lines VALUES (1, 1, 7, 1000, 'stderr', 'warn', 'old', NULL);
  `)
  old.close()
  const store = await openLogStore({ file, onNotice: () => {} })
  expect(await store.query({ ...all, levels: ['warn'] })).toMatchObject([{ seq: 7, text: 'old' }])
  expect(store.append(entry(1)).seq).toBe(8)
  await expect.poll(() => store.stats().stored).toBe(1)
  store.setRetention({ keepDays: 1, keepMegabytes: 10 })
  await expect.poll(async () => await store.query(all)).toEqual([])
  await store.close()
})

/** The size of the file once its write-ahead log is in it, in bytes. */
function sizeOf(path: string): number {
  const database = new DatabaseSync(path, { timeout: 5_000 })
  const row = database
    .prepare('SELECT page_count * page_size AS size FROM pragma_page_count, pragma_page_size')
    .get()
  database.close()
  return Number(row?.['size'])
}
