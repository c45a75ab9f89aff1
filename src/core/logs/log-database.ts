import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite'
import type { LogQuery, LogVolume } from '../../shared/contract/logs.ts'
import { AppError } from '../../shared/domain/errors.ts'
import { type ServerId, serverIdSchema } from '../../shared/domain/ids.ts'
import type { LogLine } from '../../shared/domain/log-line.ts'
import { openLogFile } from './log-file.ts'
import { LogPruner } from './log-pruner.ts'
import type { LogRetention, LogVolumeQuery } from './log-query.ts'
import { countLines, searchLines } from './log-search.ts'

/** The log's SQLite file. Every method blocks, so it lives in a worker thread. */
export class LogDatabase {
  readonly #database: DatabaseSync
  readonly #insert: StatementSync
  readonly #insertServer: StatementSync
  readonly #findServer: StatementSync
  readonly #pruner: LogPruner
  readonly #keys = new Map<ServerId, SQLOutputValue>()

  /** Opens the file, and creates it if it is missing. @throws what `openLogFile` throws. */
  constructor(file: string) {
    this.#database = openLogFile(file)
    try {
      this.#insert = this.#database.prepare(
        'INSERT INTO lines (server, seq, at, source, level, text, protocol) VALUES (?, ?, ?, ?, ?, ?, ?)',
      )
      this.#insertServer = this.#database.prepare('INSERT OR IGNORE INTO servers (id) VALUES (?)')
      this.#findServer = this.#database.prepare('SELECT key FROM servers WHERE id = ?')
      this.#pruner = new LogPruner(this.#database)
    } catch (error) {
      this.#database.close()
      throw error
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

  /** The highest sequence number that each server ever had. */
  lastSeqs(): [ServerId, number][] {
    const rows = this.#database
      // One look-up in the index per server; GROUP BY would read every line's entry.
      .prepare(
        'SELECT id, MAX(last_seq, COALESCE((SELECT MAX(seq) FROM lines WHERE server = key), 0)) AS seq FROM servers',
      )
      .all()
    return rows.map((row) => [serverIdSchema.parse(row['id']), Number(row['seq'])])
  }

  /** The newest lines that fit, oldest first. @throws AppError `invalid_input` for a bad regular expression. */
  query(query: LogQuery): LogLine[] {
    return searchLines(this.#database, query)
  }

  /** Counts the lines that fit, to `now` where no end is given. @throws AppError `invalid_input` for a bad regular expression. */
  volume(query: LogVolumeQuery, now: number): LogVolume {
    return countLines(this.#database, query, now)
  }

  /** Whether the file is larger than it may be. */
  isOver(retention: LogRetention): boolean {
    return this.#pruner.isOver(retention)
  }

  /** Removes a few of the lines that are too old or too many. Returns whether there is more to do. */
  prune(retention: LogRetention, now: number): boolean {
    return this.#pruner.step(retention, now)
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
