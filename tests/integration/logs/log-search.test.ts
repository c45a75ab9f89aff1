import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { followLog } from '../../../src/core/logs/follow-log.ts'
import { type LogStore, openLogStore } from '../../../src/core/logs/log-store.ts'
import type { LogFilter, LogQuery } from '../../../src/shared/contract/logs.ts'
import { serverIdSchema } from '../../../src/shared/domain/ids.ts'
import type { LogEntry, LogLine } from '../../../src/shared/domain/log-line.ts'

const a = serverIdSchema.parse('srv_aaaaaaaaaaaaaaaa')
const b = serverIdSchema.parse('srv_bbbbbbbbbbbbbbbb')
const c = serverIdSchema.parse('srv_cccccccccccccccc')
const servers = [a, b, c]
const levels = ['debug', 'info', 'warn', 'error'] as const
const sources = ['stderr', 'stdout', 'lifecycle'] as const
const anything: LogFilter = {
  serverIds: null,
  sources: null,
  levels: null,
  sinceAt: null,
  untilAt: null,
  text: null,
}

let directory = ''
let store: LogStore
let appended: LogLine[] = []

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'log-search-'))
  appended = []
})
afterEach(async () => {
  await store.close()
  await rm(directory, { recursive: true, force: true })
})

/** With a file in the way of its directory, the store works in memory. */
async function start(place: string): Promise<void> {
  if (place === 'in memory') await writeFile(join(directory, 'state'), '')
  store = await openLogStore({ file: join(directory, 'state', 'logs.db'), onNotice: () => {} })
}

function append(text: string, extra: Partial<LogEntry> = {}): void {
  const entry = { serverId: a, at: 1, source: 'stderr', level: 'info', protocol: null } as const
  appended.push(store.append({ ...entry, text, ...extra }))
}

/** Lines of three servers, while the clock goes back again and again. */
function appendMany(count: number): void {
  for (let i = 0; i < count; i += 1) {
    append(`Line ${i} of ${i % 7 === 0 ? 'Größe 100%_\\ ok' : 'nothing'}`, {
      serverId: servers[(i * i) % 3] ?? a,
      at: 10_000 + (i % 100) * 50 - Math.floor(i / 100),
      source: sources[i % 3] ?? 'stderr',
      level: levels[i % 4] ?? 'info',
    })
  }
}

const query = (extra: Partial<LogQuery>): LogQuery => ({
  ...anything,
  before: null,
  limit: 100_000,
  ...extra,
})
const textsOf = (lines: readonly LogLine[]): string[] => lines.map((line) => line.text)

describe.each(['on disk', 'in memory'])('lines %s', (place) => {
  it('come page by page over all servers, none lost and none twice, though the clock goes back', async () => {
    await start(place)
    appendMany(2_000)
    const filter: Partial<LogFilter> = { serverIds: [a, b], sinceAt: 10_000 }
    const found: LogLine[] = []
    let before: LogLine | null = null
    for (;;) {
      const page: LogLine[] = await store.query(query({ ...filter, before, limit: 77 }))
      found.unshift(...page)
      before = page[0] ?? null
      if (before === null) break
    }
    const expected = appended.filter((line) => line.at >= 10_000 && line.serverId !== c)
    expect(expected.length).toBeGreaterThan(1_000)
    expect(found).toEqual(expected)
  })

  it('are chosen by each field and text as a plain filter would', async () => {
    await start(place)
    appendMany(700)
    append('nul \0 after LINE 7')
    append('größe')
    const is = (test: (line: LogLine) => boolean): string[] => textsOf(appended.filter(test))
    const text = (pattern: string, regex: boolean, matchCase: boolean): Partial<LogQuery> => ({
      text: { pattern, regex, matchCase },
    })
    const cases: [Partial<LogQuery>, (line: LogLine) => boolean][] = [
      [{ levels: ['error', 'warn'] }, (line) => ['error', 'warn'].includes(line.level)],
      [{ sources: ['stdout'] }, (line) => line.source === 'stdout'],
      [{ sinceAt: 11_000, untilAt: 12_000 }, (line) => line.at >= 11_000 && line.at < 12_000],
      [{ serverIds: [b], levels: ['debug'] }, (l) => l.serverId === b && l.level === 'debug'],
      [{ serverIds: [] }, () => false],
      [{ levels: [] }, () => false],
      [text('line 7', false, false), (line) => /line 7/i.test(line.text)],
      [text('Line 7', false, true), (line) => line.text.includes('Line 7')],
      [text('line 7', false, true), () => false],
      [text('100%_\\', false, false), (line) => line.text.includes('100%_\\')],
      [text('100%_\\', false, true), (line) => line.text.includes('100%_\\')],
      [text('[0-9]', false, true), () => false],
      [text('GRÖSSE', false, false), () => false],
      [text('GRÖßE', false, false), (line) => /größe/i.test(line.text)],
      [text('\0 AFTER', false, false), (line) => line.text.includes('\0 after')],
      [text('\0 AFTER', false, true), () => false],
      [text('line [67]\\b', true, false), (line) => /line [67]\b/i.test(line.text)],
      [text('^Line \\d+5 ', true, true), (line) => /^Line \d+5 /.test(line.text)],
      [
        { ...text('5 of', true, true), levels: ['info'], serverIds: [b] },
        (l) => l.text.includes('5 of') && l.level === 'info' && l.serverId === b,
      ],
    ]
    for (const [extra, test] of cases) {
      const found = textsOf(await store.query(query(extra)))
      expect({ extra, found }).toEqual({ extra, found: is(test) })
      const volume = await store.volume({ ...query({ untilAt: 1e6, ...extra }), buckets: 7 })
      const counts = volume.buckets.flatMap((bucket) => Object.values(bucket))
      const count = counts.reduce((sum, part) => sum + part, 0)
      expect({ extra, count }).toEqual({ extra, count: is(test).length })
    }
  })

  it('give an empty page before a line that is not there, and none at all for a limit of 0', async () => {
    await start(place)
    appendMany(10)
    expect(await store.query(query({ before: { serverId: a, seq: 999 } }))).toEqual([])
    expect(await store.query(query({ limit: 0 }))).toEqual([])
    const text = { pattern: '(', regex: true, matchCase: false }
    await expect(store.query(query({ limit: 0, text }))).rejects.toMatchObject({
      code: 'invalid_input',
    })
  })

  it('are counted in equal spans from the oldest one', async () => {
    await start(place)
    for (const at of [100, 149, 150, 199, 200]) append('x', { at, level: 'warn' })
    append('y', { at: 120, level: 'error', serverId: b })
    const volume = { ...anything, untilAt: 200, buckets: 2 }
    const both = [
      { debug: 0, info: 0, warn: 2, error: 1 },
      { debug: 0, info: 0, warn: 2, error: 0 },
    ]
    expect(await store.volume(volume)).toEqual({ fromAt: 100, toAt: 200, buckets: both })
    const text = { pattern: 'Y', regex: true, matchCase: false }
    const found = await store.volume({ ...volume, text })
    expect(found).toMatchObject({ fromAt: 120, toAt: 200 })
    expect(found.buckets[0]).toEqual({ debug: 0, info: 0, warn: 0, error: 1 })
    const none = await store.volume({ ...volume, levels: ['debug'] })
    expect(none).toMatchObject({ fromAt: 200, toAt: 200, buckets: [{ warn: 0 }, { warn: 0 }] })
  })

  it.each([true, false])(
    'are followed, each once and in order; by a regular expression: %s',
    async (regex) => {
      await start(place)
      const filter = { ...anything, levels: ['info' as const], limit: 50_000 }
      const text = { pattern: 'NEEDLE', regex, matchCase: false }
      const seen: string[] = []
      const expected: string[] = []
      const add = (count: number): void => {
        for (let i = 0; i < count; i += 1) {
          const said = i % 3 === 0 ? `needle ${appended.length}` : 'hay'
          const level = i % 2 === 0 ? 'info' : 'warn'
          if (level === 'info' && said !== 'hay') expected.push(said)
          append(said, { level, serverId: servers[i % 3] ?? a })
        }
      }
      add(5_000)
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      const request = { ...filter, text }
      const stop = followLog(store, request, {
        push: (line) => {
          seen.push(line.text)
          // While the stored lines are handed out, and while live ones are.
          if (seen.length === 1) add(5_000)
          if (seen.length === 2_000) add(15_000)
          if (seen.length === expected.length) resolve()
        },
        end: reject,
      })
      // While the stored lines are looked for.
      add(5_000)
      await promise
      stop()
      append('needle after the end')
      await store.query(query({}))
      expect(seen).toEqual(expected)
      expect(expected.length).toBeGreaterThan(4_900)
    },
  )

  it('are never matched against a slow expression in the thread that appends them', async () => {
    await start(place)
    const text = { pattern: '^(a+)+$', regex: true, matchCase: false }
    const { promise, resolve } = Promise.withResolvers<unknown>()
    const stop = followLog(
      store,
      { ...anything, text, limit: 10 },
      { push: () => {}, end: resolve },
    )
    await store.query(query({}))
    append(`${'a'.repeat(50_000)}!`)
    let othersRan = false
    const other = setImmediate(() => {
      othersRan = true
    })
    const failure = await promise
    clearImmediate(other)
    expect(othersRan).toBe(true)
    expect(failure).toMatchObject({ code: 'invalid_input' })
    stop()
  })
})
