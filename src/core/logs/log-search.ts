import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import type { LogFilter, LogQuery, LogText, LogVolume } from '../../shared/contract/logs.ts'
import { type ServerId, serverIdSchema } from '../../shared/domain/ids.ts'
import {
  type LogLevel,
  type LogLine,
  logLevelSchema,
  logLineSchema,
} from '../../shared/domain/log-line.ts'
import { createLineFilter, type LineFilter, maxSearchMs } from './line-filter.ts'
import type { LogVolumeQuery } from './log-query.ts'
import { type LogScan, planScan, serverCondition } from './plan-scan.ts'
import { allOf, anyLevel, fieldConditions } from './sql-condition.ts'
import { type CountedLine, emptyVolume, volumeOf } from './volume-of.ts'

/** How many lines are read with one statement. */
const readBatch = 1_000

/** How many lines, or how much text, is filtered together at most: to guard a regular expression costs a millisecond each time. */
const filterLines = 20_000
const filterChars = 16 * 1024 * 1024

const lineColumns = 'server, seq, at, source, level, text, protocol'

/** The newest lines that fit, oldest first. @throws AppError `invalid_input` for a bad regular expression. */
export function searchLines(database: DatabaseSync, query: LogQuery): LogLine[] {
  const { limit, text, before } = query
  const filter = text === null ? null : createLineFilter(text, maxSearchMs)
  const scan = planScan(database, query, before)
  if (scan === null || limit === 0) return []
  const ids = serverIds(database)
  if (filter === null || scan.hasText) {
    return database
      .prepare(
        `SELECT ${lineColumns} FROM ${scan.from} WHERE ${scan.where.sql} ORDER BY ${scan.row} DESC LIMIT :limit`,
      )
      .all({ ...scan.where.values, limit })
      .map((row) => lineOf(row, ids))
      .toReversed()
  }
  const byRow = database.prepare(`SELECT ${lineColumns} FROM lines WHERE row = ?`)
  const found: LogLine[] = []
  for (const rows of matchingRows(database, scan, filter)) {
    for (const row of rows) {
      if (found.length >= limit) return found.toReversed()
      const line = byRow.get(row)
      if (line !== undefined) found.push(lineOf(line, ids))
    }
  }
  return found.toReversed()
}

/** Counts the lines that fit. @throws AppError `invalid_input` for a bad regular expression. */
export function countLines(database: DatabaseSync, query: LogVolumeQuery, now: number): LogVolume {
  const { text, sinceAt, untilAt, buckets } = query
  const toAt = untilAt ?? now
  if (text !== null) return countMatches(database, query, text, toAt)
  const servers = serverCondition(database, query)
  const { levels, sources } = query
  if (servers === null || levels?.length === 0 || sources?.length === 0) {
    return emptyVolume(sinceAt ?? toAt, toAt, buckets)
  }
  const others = [
    ...servers,
    ...fieldConditions({ levels: null, sources, sinceAt: null, untilAt: null }),
  ]
  const fromAt = sinceAt ?? oldestAt(database, query, toAt)
  const volume = emptyVolume(fromAt, toAt, buckets)
  const where = allOf([
    { sql: 'level = :level AND at >= :from AND at < :to', values: {} },
    ...others,
  ])
  // One range of the index for each count: nothing is sorted, and no line itself is read.
  const count = database.prepare(
    `SELECT COUNT(*) AS n FROM lines INDEXED BY lines_by_level WHERE ${where.sql}`,
  )
  const edge = (index: number): number =>
    index === buckets ? toAt : fromAt + ((toAt - fromAt) * index) / buckets
  for (const [index, bucket] of volume.buckets.entries()) {
    for (const level of levels ?? logLevelSchema.options) {
      const range = { level, from: edge(index), to: edge(index + 1) }
      bucket[level] = Number(count.get({ ...where.values, ...range })?.['n'])
    }
  }
  return volume
}

function oldestAt(database: DatabaseSync, filter: LogFilter, toAt: number): number {
  const servers = serverCondition(database, filter) ?? []
  const fields = fieldConditions({ ...filter, untilAt: toAt })
  const where = allOf([...servers, ...fields, ...(filter.levels === null ? [anyLevel] : [])])
  const found = database
    .prepare(`SELECT MIN(at) AS at FROM lines INDEXED BY lines_by_level WHERE ${where.sql}`)
    .get(where.values)
  return Number(found?.['at'] ?? toAt)
}

function countMatches(
  database: DatabaseSync,
  query: LogVolumeQuery,
  text: LogText,
  toAt: number,
): LogVolume {
  const { sinceAt, buckets } = query
  const filter = createLineFilter(text, maxSearchMs)
  const scan = planScan(database, query, null)
  if (scan === null) return emptyVolume(sinceAt ?? toAt, toAt, buckets)
  if (scan.hasText) return countByScan(database, scan, sinceAt, toAt, buckets)
  const byRows = database.prepare(
    'SELECT at, level FROM lines WHERE row IN (SELECT value FROM json_each(?))',
  )
  const found: CountedLine[] = []
  for (const rows of matchingRows(database, scan, filter)) {
    if (rows.length > 0) found.push(...byRows.all(JSON.stringify(rows)).map(countedOf))
  }
  return volumeOf(found, sinceAt, toAt, buckets)
}

function countByScan(
  database: DatabaseSync,
  scan: LogScan,
  sinceAt: number | null,
  toAt: number,
  buckets: number,
): LogVolume {
  const where = allOf([scan.where, { sql: 'at < :toAt', values: { toAt } }])
  const oldest = () =>
    database.prepare(`SELECT MIN(at) AS at FROM ${scan.from} WHERE ${where.sql}`).get(where.values)
  const fromAt = sinceAt ?? Number(oldest()?.['at'] ?? toAt)
  const volume = emptyVolume(fromAt, toAt, buckets)
  const rows = database
    .prepare(
      // Rounding may give the number of buckets for a time just below the end.
      `SELECT MIN(:buckets - 1, CAST((at - :fromAt) * :buckets / (:toAt - :fromAt) AS INTEGER)) AS bucket,
         level, COUNT(*) AS n
       FROM ${scan.from} WHERE ${where.sql} AND at >= :fromAt GROUP BY 1, 2`,
    )
    .all({ ...where.values, fromAt, buckets })
  for (const { bucket: index, level, n } of rows) {
    const bucket = volume.buckets[Number(index)]
    if (bucket !== undefined) bucket[logLevelSchema.parse(level)] = Number(n)
  }
  return volume
}

/** The rows whose text fits, newest first, a batch at a time. */
function* matchingRows(
  database: DatabaseSync,
  scan: LogScan,
  filter: LineFilter,
): Generator<number[], void, void> {
  // One string for many lines: an object for each row would take longer than to search it.
  const columns = 'group_concat(row) AS rows, group_concat(text, char(0)) AS texts'
  const read = database.prepare(
    scan.isWhole
      ? `SELECT ${columns} FROM lines NOT INDEXED
         WHERE row < :next AND row >= :next - ${readBatch} AND ${scan.where.sql}`
      : `SELECT ${columns} FROM (
           SELECT lines.row AS row, text FROM ${scan.from} WHERE ${scan.where.sql} AND ${scan.row} < :next
           ORDER BY ${scan.row} DESC LIMIT ${readBatch}
         )`,
  )
  const textOf = database.prepare('SELECT text FROM lines WHERE row = ?')
  const ends = database.prepare('SELECT MIN(row) AS first, MAX(row) AS last FROM lines').get()
  const first = Number(ends?.['first'] ?? 1)
  let next = Number(ends?.['last'] ?? 0) + 1
  // The first few lines often have enough hits for a page.
  let wantedLines = readBatch
  let rows: number[] = []
  let texts: string[] = []
  let chars = 0
  while (next >= first) {
    const batch = read.get({ ...scan.where.values, next })
    const list = batch?.['rows']
    const found = typeof list === 'string' ? list.split(',').map(Number) : []
    const all = String(batch?.['texts'])
    const parts = all.split('\0')
    // A line with a NUL in it makes too many parts.
    const foundTexts =
      parts.length === found.length ? parts : found.map((row) => String(textOf.get(row)?.['text']))
    // A span of rows is read in the order of the file.
    rows = rows.concat(scan.isWhole ? found.toReversed() : found)
    texts = texts.concat(scan.isWhole ? foundTexts.toReversed() : foundTexts)
    chars += all.length
    if (scan.isWhole) next -= readBatch
    else next = found.at(-1) ?? first - 1
    if (rows.length < wantedLines && chars < filterChars && next >= first) continue
    const wanted = filter(texts)
    yield rows.filter((_row, index) => wanted[index])
    wantedLines = Math.min(wantedLines * 4, filterLines)
    rows = []
    texts = []
    chars = 0
  }
}

function serverIds(database: DatabaseSync): Map<SQLOutputValue, ServerId> {
  const rows = database.prepare('SELECT key, id FROM servers').all()
  return new Map(rows.map((row) => [row['key'] ?? null, serverIdSchema.parse(row['id'])]))
}

function lineOf(
  row: Record<string, SQLOutputValue>,
  ids: ReadonlyMap<SQLOutputValue, ServerId>,
): LogLine {
  const { server, protocol, ...rest } = row
  return logLineSchema.parse({
    ...rest,
    serverId: ids.get(server ?? null),
    protocol: typeof protocol === 'string' ? JSON.parse(protocol) : null,
  })
}

/** Not by the schema: there may be a million of them. */
const levelsByName = new Map<unknown, LogLevel>(logLevelSchema.options.map((name) => [name, name]))

function countedOf({ at, level }: Record<string, SQLOutputValue>): CountedLine {
  return { at: Number(at), level: levelsByName.get(level) ?? 'info' }
}
