import { AppError } from '../../shared/domain/errors.ts'
import type { ServerId } from '../../shared/domain/ids.ts'
import type { LogEntry, LogLine } from '../../shared/domain/log-line.ts'
import { boundedText } from './bounded-text.ts'
import { createLineFilter } from './line-filter.ts'
import type { LogQuery } from './log-query.ts'
import { LogRing } from './log-ring.ts'
import { LogWriter, type LogWriterOptions } from './log-writer.ts'

/** How the way to the disk is doing, counted since the store was opened. */
export interface LogStoreStats {
  /** False: lines are in memory only. */
  readonly isStoring: boolean
  readonly appended: number
  /** On disk. */
  readonly stored: number
  /** Neither on disk nor waiting for it: nothing can be stored, too many waited, or a write failed. The ring had them. */
  readonly dropped: number
}

/** The newest lines, and all that come after them. */
export interface LogSubscription {
  /** Lines in memory, oldest first. The first line that the listener gets follows the last of these: no gap, no duplicate. */
  readonly snapshot: readonly LogLine[]
  /** Stops the listener. May be called more than once. */
  readonly unsubscribe: () => void
}

/** Every server's log: the newest lines in memory (see LogRing), all of them on disk. */
export interface LogStore {
  /** Numbers a line, cuts a text above 64 KiB, keeps it and tells the subscribers. Never waits and never fails. */
  append(entry: LogEntry): LogLine
  /** The newest `last` lines of this run, oldest first. */
  tail(serverId: ServerId, last: number): LogLine[]
  /** The lines in memory with a sequence number above `seq`, oldest first. If the first one's is not `seq + 1`, some are no longer in memory. */
  since(serverId: ServerId, seq: number): LogLine[]
  /**
   * Stored lines, of earlier runs too, oldest first; all that was appended before the call is seen. Where nothing can be
   * stored, lines in memory.
   * @throws AppError `invalid_input` for a regular expression that cannot be read or takes too long, and for
   * `beforeSeq` without `serverId`.
   */
  query(query: LogQuery): Promise<LogLine[]>
  /**
   * The newest `last` lines in memory of one server, or (null) of all in order of time, and then each new line as it is
   * appended. The listener is called within `append`: it must be quick and must not throw.
   */
  subscribe(
    serverId: ServerId | null,
    last: number,
    listener: (line: LogLine) => void,
  ): LogSubscription
  /** How the way to the disk is doing. */
  stats(): LogStoreStats
  /** Writes what waits and closes the file. Lines that come later are in memory only. */
  close(): Promise<void>
}

/**
 * Opens the log. Sequence numbers go on where the last run ended. Where the file cannot be used the store works in
 * memory only, and a notice says why; it never throws for that.
 */
export async function openLogStore(options: LogWriterOptions): Promise<LogStore> {
  const writer = new LogWriter(options)
  const lastSeqs = new Map(await writer.open())
  const rings = new Map<ServerId, LogRing>()
  const listeners = new Set<(line: LogLine) => void>()
  let appended = 0

  const ringOf = (serverId: ServerId): LogRing => {
    const held = rings.get(serverId)
    if (held !== undefined) return held
    const ring = new LogRing()
    rings.set(serverId, ring)
    return ring
  }
  const inMemory = (serverId: ServerId | null, last?: number): LogLine[] => {
    if (serverId !== null) return rings.get(serverId)?.toArray(last) ?? []
    const all = [...rings.values()].flatMap((ring) => ring.toArray(last))
    const sorted = all.toSorted((a, b) => a.at - b.at)
    return last === undefined ? sorted : sorted.slice(Math.max(0, sorted.length - last))
  }

  return {
    append: (entry) => {
      const seq = (lastSeqs.get(entry.serverId) ?? 0) + 1
      lastSeqs.set(entry.serverId, seq)
      const line: LogLine = { ...entry, seq, text: boundedText(entry.text) }
      appended += 1
      ringOf(entry.serverId).push(line)
      writer.enqueue(line)
      for (const listener of listeners) listener(line)
      return line
    },
    tail: (serverId, last) => inMemory(serverId, last),
    since: (serverId, seq) => rings.get(serverId)?.after(seq) ?? [],
    query: async (query) => {
      if (query.beforeSeq !== null && query.serverId === null) {
        const reason = 'Sequence numbers are those of one server: name it.'
        throw new AppError('invalid_input', { field: 'beforeSeq', reason })
      }
      return writer.isStoring ? writer.query(query) : search(inMemory(query.serverId), query)
    },
    subscribe: (serverId, last, listener) => {
      const call = (line: LogLine): void => {
        if (serverId === null || line.serverId === serverId) listener(line)
      }
      listeners.add(call)
      return {
        snapshot: inMemory(serverId, last),
        unsubscribe: () => void listeners.delete(call),
      }
    },
    stats: () => ({ isStoring: writer.isStoring, appended, ...writer.counts }),
    close: () => writer.close(),
  }
}

/** What the database would answer, from lines in memory. */
function search(lines: readonly LogLine[], query: LogQuery): LogLine[] {
  const { sinceAt, beforeSeq, grep, limit } = query
  const inTime = lines.filter(
    (line) =>
      (sinceAt === null || line.at >= sinceAt) && (beforeSeq === null || line.seq < beforeSeq),
  )
  const wanted =
    grep === null
      ? null
      : createLineFilter(grep.pattern, grep.regex)(inTime.map((line) => line.text))
  const found = wanted === null ? inTime : inTime.filter((_line, index) => wanted[index])
  return found.slice(Math.max(0, found.length - limit))
}
