import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LogDatabase } from '../../src/core/logs/log-database.ts'
import { openLogStore } from '../../src/core/logs/log-store.ts'
import { createRedactor } from '../../src/core/secrets/redaction.ts'
import type { LogFilter } from '../../src/shared/contract/logs.ts'
import { serverIdSchema } from '../../src/shared/domain/ids.ts'
import type { LogLine } from '../../src/shared/domain/log-line.ts'
import { type Figure, ms, quantile, round } from './figure.ts'

const servers = Array.from({ length: 20 }, (_, index) =>
  serverIdSchema.parse(`srv_${String(index).padStart(16, '0')}`),
)
const sources = ['stderr', 'stderr', 'stderr', 'protocol', 'lifecycle'] as const
const levels = ['info', 'info', 'info', 'info', 'info', 'info', 'debug', 'debug', 'warn'] as const
const anything: LogFilter = {
  serverIds: null,
  sources: null,
  levels: null,
  sinceAt: null,
  untilAt: null,
  text: null,
}

/** Asks the log for lines and counts among many stored ones; each time is from the call to its answer. */
export async function measureLogs(isShort: boolean, rounds: number): Promise<readonly Figure[]> {
  const lines = isShort ? 100_000 : 1_000_000
  const directory = mkdtempSync(join(tmpdir(), 'mcp-manager-bench-'))
  try {
    const file = join(directory, 'logs.db')
    fill(file, lines)
    const store = await openLogStore({ file, onNotice: () => {} })
    const page = (filter: Partial<LogFilter>) => () =>
      store.query({ ...anything, ...filter, before: null, limit: 1_000 })
    const search = (pattern: string, regex: boolean, matchCase = false) =>
      page({ text: { pattern, regex, matchCase } })
    const middle = { serverId: servers[0] ?? serverIdSchema.parse(''), seq: Math.ceil(lines / 40) }
    const asks: [string, string, () => Promise<unknown>][] = [
      ['first page of all servers', '300 ms', page({})],
      ['first page of one server', '300 ms', page({ serverIds: servers.slice(3, 4) })],
      ['first page of errors (one in a thousand)', '300 ms', page({ levels: ['error'] })],
      [
        'page before the middle',
        '',
        () => store.query({ ...anything, before: middle, limit: 1_000 }),
      ],
      ['plain text that is nowhere', '100 ms', search('zz needle', false)],
      ['plain text that is nowhere, matching case', '100 ms', search('zz Needle', false, true)],
      ['plain text beyond ASCII that is nowhere', '100 ms', search('zz nädel', false)],
      ['regular expression that fits nowhere', '300 ms', search('status 5\\d\\d', true)],
      ['volume in 200 spans', '', () => store.volume({ ...anything, buckets: 200 })],
      [
        'volume of a text that is in every line',
        '',
        () =>
          store.volume({
            ...anything,
            text: { pattern: 'request', regex: false, matchCase: false },
            buckets: 200,
          }),
      ],
    ]
    const figures: Figure[] = []
    for (const [what, bound, ask] of asks) {
      const times: number[] = []
      for (let taken = 0; taken < rounds; taken += 1) {
        const startedAt = performance.now()
        await ask()
        times.push(performance.now() - startedAt)
      }
      const of = `log of ${lines.toLocaleString('en')} lines`
      figures.push({ what: `${of}: ${what}`, value: ms(times), bound })
    }
    await store.close()
    return [...figures, redaction(rounds)]
  } finally {
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** What it costs to look for the secrets in use in lines that hold none of them, as nearly all do. */
function redaction(rounds: number): Figure {
  const redactor = createRedactor()
  for (let secret = 0; secret < 200; secret += 1) {
    redactor.set(`server.token-${secret}`, randomBytes(20).toString('hex'))
  }
  const texts = Array.from({ length: 50_000 }, (_, index) => lineAt(index, 0).text)
  const megabytes = texts.reduce((sum, text) => sum + text.length, 0) / 1e6
  // Whatever is made once, at the first line after a secret became known.
  redactor.redact(texts[0] ?? '')
  const costs = Array.from({ length: rounds }, () => {
    const before = process.cpuUsage()
    for (const text of texts) redactor.redact(text)
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1_000 / megabytes
  })
  const value = `${round(quantile(costs, 0.5))} ms of CPU per MB`
  return { what: 'redaction of log lines, 200 secrets in use', value, bound: '' }
}

function fill(file: string, count: number): void {
  const database = new LogDatabase(file)
  const startAt = Date.now() - count
  for (let from = 0; from < count; from += 1_000) {
    database.write(Array.from({ length: 1_000 }, (_, index) => lineAt(from + index, startAt)))
  }
  database.close()
}

function lineAt(index: number, startAt: number): LogLine {
  return {
    serverId: servers[index % servers.length] ?? serverIdSchema.parse(''),
    seq: Math.floor(index / servers.length) + 1,
    at: startAt + index,
    source: sources[index % sources.length] ?? 'stderr',
    level: index % 1_000 === 0 ? 'error' : (levels[index % levels.length] ?? 'info'),
    text: `2026-11-20T12:00:${index % 60} request ${index} to /api/v1/items/${(index * 7919) % 1_000_003} finished with status 200 in ${index % 977} ms`,
    protocol: null,
  }
}
