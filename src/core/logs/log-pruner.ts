import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { LogRetention } from './log-query.ts'

/** One step: it takes a few milliseconds, so that lines which wait to be written wait no longer. */
const stepLines = 1_000
const stepPages = 200

/** Once the file is too large it is brought down to this share of its bound, so that not each line begins it anew. */
const targetShare = 0.95

/** Free pages are given back to the system where they are more than this share; a few are soon used again. */
const freeShare = 0.1

const dayMs = 24 * 60 * 60 * 1000

/** Removes old lines from the log's file, a little at a time. */
export class LogPruner {
  readonly #database: DatabaseSync
  readonly #keepNumbers: StatementSync
  readonly #deleteAged: StatementSync
  readonly #deleteOldest: StatementSync
  readonly #size: StatementSync
  #isShrinking = false

  constructor(database: DatabaseSync) {
    this.#database = database
    // A server's numbers go on where they were, though all of its lines be gone.
    this.#keepNumbers = database.prepare(
      'UPDATE servers SET last_seq = MAX(last_seq, COALESCE((SELECT MAX(seq) FROM lines WHERE server = key), 0))',
    )
    this.#deleteAged = database.prepare(
      `DELETE FROM lines WHERE row IN (
        SELECT row FROM lines INDEXED BY lines_by_level
        WHERE level IN ('debug', 'info', 'warn', 'error') AND at < ? LIMIT ${stepLines}
      )`,
    )
    this.#deleteOldest = database.prepare(
      `DELETE FROM lines WHERE row IN (SELECT row FROM lines ORDER BY row LIMIT ${stepLines})`,
    )
    this.#size = database.prepare(
      'SELECT page_count * page_size AS file, freelist_count * page_size AS free FROM pragma_page_count, pragma_freelist_count, pragma_page_size',
    )
  }

  /** Whether the file is larger than it may be. */
  isOver({ keepMegabytes }: LogRetention): boolean {
    return this.#measure().file > keepMegabytes * 1e6
  }

  /** Removes at most a thousand lines, or gives some free space back. Returns whether there is more to do. */
  step({ keepDays, keepMegabytes }: LogRetention, now: number): boolean {
    const removed = this.#remove(() => this.#deleteAged.run(now - keepDays * dayMs))
    if (removed > 0) return true
    const maxBytes = keepMegabytes * 1e6
    const { file, free } = this.#measure()
    this.#isShrinking =
      file > maxBytes || (this.#isShrinking && file - free > maxBytes * targetShare)
    if (this.#isShrinking && file - free > maxBytes * targetShare) {
      if (this.#remove(() => this.#deleteOldest.run()) > 0) return true
      this.#isShrinking = false
    }
    if (free > 0 && (file > maxBytes || free > file * freeShare)) {
      this.#database.exec(`PRAGMA incremental_vacuum(${stepPages})`)
      // A file of before there was a retention has no map of its pages and cannot shrink.
      return this.#measure().file < file
    }
    return false
  }

  #remove(run: () => { changes: number | bigint }): number {
    this.#database.exec('BEGIN IMMEDIATE')
    try {
      this.#keepNumbers.run()
      const changes = Number(run().changes)
      this.#database.exec('COMMIT')
      return changes
    } catch (error) {
      // Some errors (a full disk) have rolled back by themselves.
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
      throw error
    }
  }

  #measure(): { readonly file: number; readonly free: number } {
    const row = this.#size.get()
    return { file: Number(row?.['file']), free: Number(row?.['free']) }
  }
}
