import { closeSync, openSync } from 'node:fs'
import { DatabaseSync, type SQLOutputValue, type StatementSync } from 'node:sqlite'
import { AppError } from '../../shared/domain/errors.ts'
import { type ServerId, serverIdSchema } from '../../shared/domain/ids.ts'
import { type LogLine, logLineSchema } from '../../shared/domain/log-line.ts'
import { createLineFilter } from './line-filter.ts'
import type { LogQuery } from './log-query.ts'

/** The format of the file, kept as SQLite's `user_version`. */
const formatVersion = 1

const schema = `
  CREATE TABLE servers (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE lines (
    row INTEGER PRIMARY KEY,
    server INTEGER NOT NULL REFERENCES servers (key),
    seq INTEGER NOT NULL,
    at REAL NOT NULL,
    source TEXT NOT NULL,
    level TEXT NOT NULL,
    text TEXT NOT NULL,
    protocol TEXT
  ) STRICT;
  CREATE INDEX lines_by_server ON lines (server, seq);
  CREATE INDEX lines_by_time ON lines (at);
  PRAGMA user_version = ${formatVersion};
`

/** How many rows are read before they are filtered together. */
const filterBatch = 2000

/** The log's SQLite file. Every method blocks, so it lives in a worker thread. */
export class LogDatabase {
  readonly #database: DatabaseSync
  readonly #insert: StatementSync
  readonly #insertServer: StatementSync
  readonly #findServer: StatementSync
  readonly #keys = new Map<ServerId, SQLOutputValue>()

  /**
   * Opens the file, and creates it if it is missing.
   * @throws an error of SQLite (see `sqliteCodeOf`); AppError `state_corrupt` with `reason` `newer_version`;
   * AppError `internal` where this SQLite lacks FTS5 or WAL.
   */
  constructor(file: string) {
    // SQLite would take the umask's mode; its -wal and -shm files take the mode of this one. Logs are the person's own.
    closeSync(openSync(file, 'a', 0o600))
    this.#database = new DatabaseSync(file, { timeout: 5000, enableForeignKeyConstraints: true })
    try {
      this.#check(file)
      this.#insert = this.#database.prepare(
        'INSERT INTO lines (server, seq, at, source, level, text, protocol) VALUES (?, ?, ?, ?, ?, ?, ?)',
      )
      this.#insertServer = this.#database.prepare('INSERT OR IGNORE INTO servers (id) VALUES (?)')
      this.#findServer = this.#database.prepare('SELECT key FROM servers WHERE id = ?')
    } catch (error) {
      this.#database.close()
      throw error
    }
  }

  /** The start-up check: one Electron release came without node:sqlite, and builds without FTS5 exist. */
  #check(file: string): void {
    const version = Number(this.#database.prepare('PRAGMA user_version').get()?.['user_version'])
    if (version > formatVersion) {
      const data = { file, reason: 'newer_version', found: version, known: formatVersion }
      throw new AppError('state_corrupt', data)
    }
    const mode = this.#database.prepare('PRAGMA journal_mode = WAL').get()?.['journal_mode']
    if (mode !== 'wal') throw new AppError('internal', { file, reason: 'SQLite has no WAL here.' })
    // In WAL mode NORMAL can lose the last commits in a power cut, but never damages the file.
    this.#database.exec('PRAGMA synchronous = NORMAL')
    if (version === 0) this.#database.exec(`BEGIN; ${schema} COMMIT;`)
    try {
      this.#database.exec('CREATE VIRTUAL TABLE temp.probe USING fts5(text); DROP TABLE temp.probe')
    } catch (cause) {
      throw new AppError('internal', { file, reason: 'SQLite has no FTS5 here.' }, { cause })
    }
  }

  /** Stores lines in one transaction: all of them or, when it throws, none. */
  write(lines: readonly LogLine[]): void {
    this.#database.exec('BEGIN IMMEDIATE')
    try {
      for (const line of lines) {
        const protocol = line.protocol === null ? null : JSON.stringify(line.protocol)
        const { seq, at, source, level, text } = line
        // A lone surrogate is no UTF-8; SQLite would store bytes that cannot be read back.
        this.#insert.run(
          this.#keyOf(line.serverId),
          seq,
          at,
          source,
          level,
          text.toWellFormed(),
          protocol,
        )
      }
      this.#database.exec('COMMIT')
    } catch (error) {
      // Some errors (a full disk) have rolled back by themselves.
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
      this.#keys.clear()
      throw error
    }
  }

  /** The highest sequence number of each server. */
  lastSeqs(): [ServerId, number][] {
    const rows = this.#database
      // One look-up in the index per server; GROUP BY would read every line's entry.
      .prepare('SELECT id, (SELECT MAX(seq) FROM lines WHERE server = key) AS seq FROM servers')
      .all()
    return rows.map((row) => [serverIdSchema.parse(row['id']), Number(row['seq'] ?? 0)])
  }

  /** The newest lines that fit, oldest first. @throws AppError `invalid_input` for a bad regular expression. */
  query(query: LogQuery): LogLine[] {
    const { serverId, sinceAt, grep, beforeSeq, limit } = query
    const conditions = [
      ...(serverId === null ? [] : ['server = (SELECT key FROM servers WHERE id = :serverId)']),
      ...(sinceAt === null ? [] : ['at >= :sinceAt']),
      ...(beforeSeq === null ? [] : ['seq < :beforeSeq']),
    ]
    const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`
    const order = serverId === null ? 'row' : 'seq'
    const statement = this.#database.prepare(
      `SELECT id, seq, at, source, level, text, protocol FROM lines JOIN servers ON key = server ${where} ORDER BY ${order} DESC`,
    )
    const values = {
      ...(serverId === null ? {} : { serverId }),
      ...(sinceAt === null ? {} : { sinceAt }),
      ...(beforeSeq === null ? {} : { beforeSeq }),
    }
    const filter = grep === null ? null : createLineFilter(grep.pattern, grep.regex)
    const found: LogLine[] = []
    let batch: LogLine[] = []
    const takeBatch = (): void => {
      const wanted = filter === null ? null : filter(batch.map((line) => line.text))
      found.push(...(wanted === null ? batch : batch.filter((_line, index) => wanted[index])))
      batch = []
    }
    const batchSize = filter === null ? Math.min(limit, filterBatch) : filterBatch
    for (const row of statement.iterate(values)) {
      batch.push(lineOf(row))
      if (batch.length >= batchSize) takeBatch()
      if (found.length >= limit) break
    }
    takeBatch()
    return found.slice(0, limit).toReversed()
  }

  /** Closes the file. */
  close(): void {
    this.#database.close()
  }

  #keyOf(id: ServerId): SQLOutputValue {
    const held = this.#keys.get(id)
    if (held !== undefined) return held
    this.#insertServer.run(id)
    const key = this.#findServer.get(id)?.['key']
    if (key === undefined) throw new AppError('internal', { reason: 'A server was not stored.' })
    this.#keys.set(id, key)
    return key
  }
}

function lineOf(row: Record<string, SQLOutputValue>): LogLine {
  const { id, protocol, ...rest } = row
  return logLineSchema.parse({
    ...rest,
    serverId: id,
    protocol: typeof protocol === 'string' ? JSON.parse(protocol) : null,
  })
}

/** SQLite's primary result code (https://sqlite.org/rescode.html), null for any other error. */
export function sqliteCodeOf(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error)) return null
  // The low byte is the primary code, the rest an extension of it.
  return typeof error.errcode === 'number' ? error.errcode & 0xff : null
}
