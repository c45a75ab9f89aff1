import type { DatabaseSync } from 'node:sqlite'
import type { LogFilter, LogPosition } from '../../shared/contract/logs.ts'
import {
  allOf,
  anyLevel,
  fieldConditions,
  isIn,
  type SqlCondition,
  textCondition,
} from './sql-condition.ts'

/** A way to read the lines that fit a filter, newest first. */
export interface LogScan {
  /** What follows FROM. */
  readonly from: string
  readonly where: SqlCondition
  /** The column to sort by: the order of writing. */
  readonly row: string
  /** Whether the whole table is read, so that a span of rows can be taken at a time. */
  readonly isWhole: boolean
  /** Whether the text was taken into `where`; if not, whoever reads has to look at it. */
  readonly hasText: boolean
}

/** Up to so many lines are fetched by their numbers; of more, enough for a page are met soon by going back from the newest. */
const maxCandidates = 20_000

/**
 * Chooses how to read. Left to itself, SQLite would sort all lines of a time or level to find the newest few. A plan is
 * good until the next one is made: they share a table.
 * @returns null where no line can fit, for one because the line named by `before` is no longer there.
 */
export function planScan(
  database: DatabaseSync,
  filter: LogFilter,
  before: LogPosition | null,
): LogScan | null {
  const { levels, sources, sinceAt, untilAt, text } = filter
  const servers = serverCondition(database, filter)
  const end = before === null ? [] : rowBefore(database, before)
  if (servers === null || end === null || levels?.length === 0 || sources?.length === 0) return null
  const own = [...servers, ...fieldConditions(filter), ...end]
  const fewByServer =
    servers.length > 0 && collect(database, 'lines_by_server', [...servers, ...end])
  const hasRange = levels !== null || sinceAt !== null || untilAt !== null
  const few =
    fewByServer ||
    (hasRange && collect(database, 'lines_by_level', levels === null ? [anyLevel, ...own] : own))
  const textMatch = text === null ? null : textCondition(database, text)
  const conditions = [
    // The rare candidates of a server have yet to fit in the other fields.
    ...(few && !fewByServer ? [] : own),
    ...(textMatch === null ? [] : [textMatch]),
  ]
  return {
    from: few
      ? 'temp.candidates CROSS JOIN lines ON lines.row = candidates.row'
      : 'lines NOT INDEXED',
    where: allOf(conditions),
    row: few ? 'candidates.row' : 'lines.row',
    isWhole: !few,
    hasText: text === null || textMatch !== null,
  }
}

/** The condition for the servers of a filter, none for all of them; null where none of them ever had a line. */
export function serverCondition(
  database: DatabaseSync,
  { serverIds }: Pick<LogFilter, 'serverIds'>,
): SqlCondition[] | null {
  if (serverIds === null) return []
  const find = database.prepare('SELECT key FROM servers WHERE id = ?')
  const keys = [...new Set(serverIds)].flatMap((id) => find.get(id)?.['key'] ?? [])
  return keys.length === 0 ? null : [isIn('server', keys)]
}

function rowBefore(database: DatabaseSync, { serverId, seq }: LogPosition): SqlCondition[] | null {
  const found = database
    .prepare(
      'SELECT row FROM lines WHERE server = (SELECT key FROM servers WHERE id = ?) AND seq = ?',
    )
    .get(serverId, seq)
  const beforeRow = found?.['row']
  return beforeRow === undefined ? null : [{ sql: 'lines.row < :beforeRow', values: { beforeRow } }]
}

/** Puts the rows that an index gives into `temp.candidates`. False where they are too many. */
function collect(
  database: DatabaseSync,
  index: 'lines_by_server' | 'lines_by_level',
  conditions: readonly SqlCondition[],
): boolean {
  const { sql, values } = allOf(conditions)
  database.exec(
    'CREATE TEMP TABLE IF NOT EXISTS candidates (row INTEGER PRIMARY KEY); DELETE FROM candidates',
  )
  const { changes } = database
    .prepare(
      `INSERT INTO temp.candidates SELECT row FROM lines INDEXED BY ${index} WHERE ${sql} LIMIT ${maxCandidates + 1}`,
    )
    .run(values)
  return Number(changes) <= maxCandidates
}
