import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import type { LogFilter, LogQuery, LogVolume } from '../../shared/contract/logs.ts'
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

/** How many lines are read before they are filtered together. */
const filterBatch = 1_000

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
  if (text !== null) return volumeOf(countedLines(database, query, text), sinceAt, toAt, buckets)
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

function countedLines(
  database: DatabaseSync,
  query: LogVolumeQuery,
  text: NonNullable<LogVolumeQuery['text']>,
): CountedLine[] {
  const filter = createLineFilter(text, maxSearchMs)
  const scan = planScan(database, query, null)
  if (scan === null) return []
  if (scan.hasText) {
    return database
      .prepare(`SELECT at, level FROM ${scan.from} WHERE ${scan.where.sql}`)
      .all(scan.where.values)
      .map(countedOf)
  }
  const byRows = database.prepare(
    'SELECT at, level FROM lines WHERE row IN (SELECT value FROM json_each(?))',
  )
  const found: CountedLine[] = []
  for (const rows of matchingRows(database, scan, filter)) {
    if (rows.length > 0) found.push(...byRows.all(JSON.stringify(rows)).map(countedOf))
  }
  return found
}

/** The rows whose text fits, newest first, a batch at a time. */
function* matchingRows(
  database: DatabaseSync,
  scan: LogScan,
  filter: LineFilter,
): Generator<number[], void, void> {
  // One string for many lines: an object for each row would take longer than to search it.
  const read = database.prepare(`
    SELECT group_concat(row) AS rows, group_concat(text, char(0)) AS texts FROM (
      SELECT lines.row AS row, text FROM ${scan.from}
      WHERE ${scan.where.sql} AND ${scan.row} < :next
      ORDER BY ${scan.row} DESC LIMIT ${filterBatch}
    )`)
  const textOf = database.prepare('SELECT text FROM lines WHERE row = ?')
  let next = Number.MAX_SAFE_INTEGER
  for (;;) {
    const batch = read.get({ ...scan.where.values, next })
    const list = batch?.['rows']
    if (typeof list !== 'string') return
    const rows = list.split(',').map(Number)
    const parts = String(batch?.['texts']).split('\0')
    // A line with a NUL in it makes too many parts.
    const texts =
      parts.length === rows.length ? parts : rows.map((row) => String(textOf.get(row)?.['text']))
    const wanted = filter(texts)
    yield rows.filter((_row, index) => wanted[index])
    next = rows.at(-1) ?? 0
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

function countedOf(row: Record<string, SQLOutputValue>): CountedLine {
  const level: LogLevel = logLevelSchema.parse(row['level'])
  return { at: Number(row['at']), level }
}
