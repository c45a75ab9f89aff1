import { existsSync, renameSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import * as z from 'zod'
import { AppError, type ErrorInfo } from '../../shared/domain/errors.ts'
import type { LogLine } from '../../shared/domain/log-line.ts'
import { assertNever } from '../../shared/lib/assert-never.ts'
import { timestampName } from '../storage/timestamp-name.ts'
import { createLineFilter } from './line-filter.ts'
import { LogDatabase } from './log-database.ts'
import { sqliteCodeOf } from './log-file.ts'
import { type LogAsk, type LogReply, type LogRetention, logRequestSchema } from './log-query.ts'
import { emptyVolume } from './volume-of.ts'

const corrupt = 11
const notADatabase = 26

/** Lines grow too old all the time; a file that grows too large is seen when it is written to. */
const pruneEveryMs = 10 * 60 * 1000

const port = parentPort
if (port === null) throw new Error('log-store-worker runs in a worker thread only')
// Without a usable directory nothing can be stored, but searches in what is in memory are still done here.
const { file, canStore } = z.object({ file: z.string(), canStore: z.boolean() }).parse(workerData)

const reply = (message: LogReply): void => port.postMessage(message)
const notify = (notice: ErrorInfo): void => reply({ type: 'notice', notice })

/** Null while the file cannot be used: then lines live in the ring only, and the notice said so. */
let database: LogDatabase | null = canStore ? openOrReport() : null
/** One notice per spell of failed writes, not one per batch. */
let isFailing = false
let isPruneFailing = false
let retention: LogRetention | null = null
let nextPrune: NodeJS.Immediate | null = null
const pruneTimer = setInterval(prune, pruneEveryMs)

reply({ type: 'opened', isStoring: database !== null, lastSeqs: database?.lastSeqs() ?? [] })

port.on('message', (message: unknown) => {
  const request = logRequestSchema.parse(message)
  switch (request.type) {
    case 'write':
      return write(request.lines)
    case 'query':
    case 'volume':
    case 'match':
      return answer(request)
    case 'retention':
      retention = request.retention
      return prune()
    case 'close':
      clearInterval(pruneTimer)
      if (nextPrune !== null) clearImmediate(nextPrune)
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
      if (nextPrune === null && retention !== null && database.isOver(retention)) prune()
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

/** Does one step, and the others after whatever came in meanwhile. */
function prune(): void {
  if (nextPrune !== null) clearImmediate(nextPrune)
  nextPrune = null
  if (database === null || retention === null) return
  try {
    if (database.prune(retention, Date.now())) nextPrune = setImmediate(prune)
    isPruneFailing = false
  } catch (error) {
    // Damage is mended by the next write; whatever else it is, the next round tries again.
    if (!isPruneFailing) notify(infoOf(error))
    isPruneFailing = true
  }
}

function answer(ask: LogAsk): void {
  try {
    reply(answerTo(ask))
  } catch (error) {
    reply({ type: 'failed', id: ask.id, error: infoOf(error) })
  }
}

function answerTo(ask: LogAsk): LogReply {
  const { id } = ask
  switch (ask.type) {
    case 'query':
      return { type: 'found', id, lines: database?.query(ask.query) ?? [] }
    case 'volume': {
      // A line of this very millisecond is no later than now.
      const now = Date.now() + 1
      const volume =
        database?.volume(ask.query, now) ??
        emptyVolume(ask.query.sinceAt ?? now, ask.query.untilAt ?? now, ask.query.buckets)
      return { type: 'counted', id, volume }
    }
    case 'match':
      return { type: 'matched', id, wanted: createLineFilter(ask.text, ask.budgetMs)(ask.texts) }
    default:
      return assertNever(ask)
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
