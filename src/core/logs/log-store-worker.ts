import { existsSync, renameSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import * as z from 'zod'
import { AppError, type ErrorInfo } from '../../shared/domain/errors.ts'
import type { LogLine } from '../../shared/domain/log-line.ts'
import { assertNever } from '../../shared/lib/assert-never.ts'
import { timestampName } from '../storage/timestamp-name.ts'
import { LogDatabase, sqliteCodeOf } from './log-database.ts'
import { type LogQuery, type LogReply, logRequestSchema } from './log-query.ts'

const corrupt = 11
const notADatabase = 26

const port = parentPort
if (port === null) throw new Error('log-store-worker runs in a worker thread only')
const { file } = z.object({ file: z.string() }).parse(workerData)

const reply = (message: LogReply): void => port.postMessage(message)
const notify = (notice: ErrorInfo): void => reply({ type: 'notice', notice })

/** Null while the file cannot be used: then lines live in the ring only, and the notice said so. */
let database: LogDatabase | null = openOrReport()
/** One notice per spell of failed writes, not one per batch. */
let isFailing = false

reply({ type: 'opened', isStoring: database !== null, lastSeqs: database?.lastSeqs() ?? [] })

port.on('message', (message: unknown) => {
  const request = logRequestSchema.parse(message)
  switch (request.type) {
    case 'write':
      return write(request.lines)
    case 'query':
      return answer(request.id, request.query)
    case 'close':
      database?.close()
      return port.close()
    default:
      return assertNever(request)
  }
})

function openOrReport(): LogDatabase | null {
  try {
    return openMended()
  } catch (error) {
    notify(infoOf(error))
    return null
  }
}

/** Opens the file; one that is damaged is put aside and a new one begun. */
function openMended(): LogDatabase {
  try {
    const opened = new LogDatabase(file)
    // Reads the indexes, so that damage shows now and not in the middle of the day.
    opened.lastSeqs()
    return opened
  } catch (error) {
    if (!isDamage(error)) throw error
    putAside(error)
    return new LogDatabase(file)
  }
}

function putAside(error: unknown): void {
  const suffix = `.corrupt-${timestampName(Date.now())}`
  const keptAs = `${file}${suffix}`
  // The write-ahead log and its index belong to the file: left behind, they would damage the new one.
  for (const part of ['', '-wal', '-shm']) {
    if (existsSync(`${file}${part}`)) renameSync(`${file}${part}`, `${keptAs}${part}`)
  }
  const reason = error instanceof Error ? error.message : String(error)
  notify({ code: 'state_corrupt', data: { file, keptAs, restoredFrom: 'defaults', reason } })
}

function isDamage(error: unknown): boolean {
  const code = sqliteCodeOf(error)
  return code === corrupt || code === notADatabase
}

function write(lines: readonly LogLine[]): void {
  let stored = 0
  try {
    if (database !== null) {
      writeMended(database, lines)
      stored = lines.length
      isFailing = false
    }
  } catch (error) {
    if (!isFailing) notify(infoOf(error))
    isFailing = true
  }
  reply({ type: 'written', lines: lines.length, stored })
}

function writeMended(into: LogDatabase, lines: readonly LogLine[]): void {
  try {
    into.write(lines)
  } catch (error) {
    if (!isDamage(error)) throw error
    database = null
    into.close()
    database = openMended()
    database.write(lines)
  }
}

function answer(id: number, query: LogQuery): void {
  try {
    reply({ type: 'found', id, lines: database?.query(query) ?? [] })
  } catch (error) {
    reply({ type: 'failed', id, error: infoOf(error) })
  }
}

function infoOf(error: unknown): ErrorInfo {
  if (error instanceof AppError) return error.toInfo()
  const reason = error instanceof Error ? error.message : String(error)
  if (isDamage(error)) return { code: 'state_corrupt', data: { file, reason } }
  // Whatever else SQLite says (read-only, full, no such directory, an I/O error), nothing can be written.
  if (sqliteCodeOf(error) !== null) return { code: 'state_read_only', data: { file, reason } }
  return { code: 'internal', data: { file, reason } }
}
