import { closeSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { AppError } from '../../shared/domain/errors.ts'

/** The format of the file, kept as SQLite's `user_version`. */
const formatVersion = 2

// The rows of `lines` rise in the order of writing; a page of several servers relies on it, because clocks go back.
const tables = `
  CREATE TABLE servers (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    last_seq INTEGER NOT NULL DEFAULT 0
  ) STRICT;
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
`

// The first holds all that the volume and a choice of rare lines look at: counting a million lines reads no line. The
// second finds the few lines with a NUL, at which SQLite's LIKE and GLOB stop reading.
const indexes = `
  CREATE INDEX lines_by_level ON lines (level, at, source, server);
  CREATE INDEX lines_with_nul ON lines (row) WHERE instr(text, char(0)) > 0;
  PRAGMA user_version = ${formatVersion};
`

/** Version 1 kept no last number, so pruning could have given one twice, and could only look up times. */
const fromVersion1 = `
  ALTER TABLE servers ADD COLUMN last_seq INTEGER NOT NULL DEFAULT 0;
  DROP INDEX lines_by_time;
`

/**
 * Opens the log's file, and creates it if it is missing.
 * @throws an error of SQLite (see `sqliteCodeOf`); AppError `state_corrupt` with `reason` `newer_version`;
 * AppError `internal` where this SQLite lacks FTS5 or WAL.
 */
export function openLogFile(file: string): DatabaseSync {
  // SQLite would take the umask's mode; its -wal and -shm files take the mode of this one. Logs are the person's own.
  closeSync(openSync(file, 'a', 0o600))
  const database = new DatabaseSync(file, { timeout: 5000, enableForeignKeyConstraints: true })
  try {
    prepare(database, file)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** With the start-up check: one Electron release came without node:sqlite, and builds without FTS5 exist. */
function prepare(database: DatabaseSync, file: string): void {
  const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version'])
  if (version > formatVersion) {
    const data = { file, reason: 'newer_version', found: version, known: formatVersion }
    throw new AppError('state_corrupt', data)
  }
  // Takes effect in a new file only; an older one reuses its free pages and stays as large as it is.
  if (version === 0) database.exec('PRAGMA auto_vacuum = INCREMENTAL')
  const mode = database.prepare('PRAGMA journal_mode = WAL').get()?.['journal_mode']
  if (mode !== 'wal') throw new AppError('internal', { file, reason: 'SQLite has no WAL here.' })
  // In WAL mode NORMAL can lose the last commits in a power cut, but never damages the file.
  database.exec('PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY')
  if (version < formatVersion) {
    database.exec(`BEGIN; ${version === 0 ? tables : fromVersion1} ${indexes} COMMIT;`)
  }
  try {
    database.exec('CREATE VIRTUAL TABLE temp.probe USING fts5(text); DROP TABLE temp.probe')
  } catch (cause) {
    throw new AppError('internal', { file, reason: 'SQLite has no FTS5 here.' }, { cause })
  }
}

/** SQLite's primary result code (https://sqlite.org/rescode.html), null for any other error. */
export function sqliteCodeOf(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error)) return null
  // The low byte is the primary code, the rest an extension of it.
  return typeof error.errcode === 'number' ? error.errcode & 0xff : null
}
