import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type { LogFilter, LogText } from '../../shared/contract/logs.ts'
import { logLevelSchema } from '../../shared/domain/log-line.ts'

/** A condition of SQL on a row of `lines`, with the values of its named parameters. */
export interface SqlCondition {
  readonly sql: string
  readonly values: Readonly<Record<string, SQLInputValue>>
}

/** All conditions in one. */
export function allOf(conditions: readonly SqlCondition[]): SqlCondition {
  const sql = conditions.map((condition) => condition.sql).join(' AND ')
  const values = Object.assign({}, ...conditions.map((condition) => condition.values))
  return { sql: sql === '' ? 'TRUE' : sql, values }
}

/** What a filter says of a line's fields, except its text and server. */
export function fieldConditions(filter: Omit<LogFilter, 'text' | 'serverIds'>): SqlCondition[] {
  const { sources, levels, sinceAt, untilAt } = filter
  return [
    ...(levels === null ? [] : [isIn('level', levels)]),
    ...(sources === null ? [] : [isIn('source', sources)]),
    ...(sinceAt === null ? [] : [{ sql: 'at >= :sinceAt', values: { sinceAt } }]),
    ...(untilAt === null ? [] : [{ sql: 'at < :untilAt', values: { untilAt } }]),
  ]
}

/** Every level by name: the index of levels and times can only be entered with a level. */
export const anyLevel: SqlCondition = isIn('level', logLevelSchema.options)

/** Whether a column has one of some values. */
export function isIn(column: string, options: readonly SQLInputValue[]): SqlCondition {
  const names = options.map((_option, index) => `${column}${index}`)
  return {
    sql: `${column} IN (${names.map((name) => `:${name}`).join(', ')})`,
    values: Object.fromEntries(names.map((name, index) => [name, options[index] ?? null])),
  }
}

/**
 * A search that SQLite can do as JavaScript would, several times as fast: a plain text that is matched with its case, or
 * is ASCII, the only letters that LIKE knows. Null for all others.
 */
export function textCondition(database: DatabaseSync, text: LogText): SqlCondition | null {
  const { pattern, regex, matchCase } = text
  // oxlint-disable-next-line no-control-regex -- all of ASCII, its control characters too
  if (regex || !(matchCase || /^[\0-\x7f]*$/.test(pattern))) return null
  const plain = pattern.toWellFormed()
  const match = matchCase
    ? { sql: 'text GLOB :glob', values: { glob: `*${plain.replace(/[*?[]/g, '[$&]')}*` } }
    : {
        sql: "text LIKE :like ESCAPE '\\'",
        values: { like: `%${plain.replace(/[\\%_]/g, '\\$&')}%` },
      }
  if (!plain.includes('\0') && !hasNul(database)) return match
  // LIKE and GLOB end at a NUL, in the pattern as in the text; instr does not.
  const inNul = {
    sql: `lines.row IN (SELECT row FROM lines INDEXED BY lines_with_nul WHERE instr(text, char(0)) > 0 AND instr(${matchCase ? 'text' : 'lower(text)'}, :part) > 0)`,
    // ASCII only where the case counts for nothing: SQLite's lower() and this one agree.
    values: { part: matchCase ? plain : plain.toLowerCase() },
  }
  if (plain.includes('\0')) return inNul
  return { sql: `(${match.sql} OR ${inNul.sql})`, values: { ...match.values, ...inNul.values } }
}

function hasNul(database: DatabaseSync): boolean {
  const sql = 'SELECT 1 FROM lines INDEXED BY lines_with_nul WHERE instr(text, char(0)) > 0 LIMIT 1'
  return database.prepare(sql).get() !== undefined
}
