import type { LogQuery, LogText, LogVolume } from '../../shared/contract/logs.ts'
import type { ServerId } from '../../shared/domain/ids.ts'
import type { LogEntry, LogLine } from '../../shared/domain/log-line.ts'
import { boundedText } from './bounded-text.ts'
import { createLineFilter, maxLiveMs, maxSearchMs } from './line-filter.ts'
import { LogMemory } from './log-memory.ts'
import type { LogRetention, LogVolumeQuery } from './log-query.ts'
import { LogWriter, type LogWriterOptions } from './log-writer.ts'
import { volumeOf } from './volume-of.ts'

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

/** Every server's log: the newest lines in memory (see LogMemory), all of them on disk. */
export interface LogStore {
  /** Numbers a line, cuts a text above 64 KiB, keeps it and tells the subscribers. Never waits and never fails. */
  append(entry: LogEntry): LogLine
  /** The newest `last` lines of this run, oldest first. */
  tail(serverId: ServerId, last: number): LogLine[]
  /** The lines in memory with a sequence number above `seq`, oldest first. If the first one's is not `seq + 1`, some are no longer in memory. */
  since(serverId: ServerId, seq: number): LogLine[]
  /**
   * Stored lines, of earlier runs too, oldest first in the order of writing over all servers: those that were appended
   * before the call, none that came after. Where nothing can be stored, lines in memory.
   * @throws AppError `invalid_input` for a regular expression that cannot be read or takes too long.
   */
  query(query: LogQuery): Promise<LogLine[]>
  /**
   * Counts lines from `sinceAt` (null: the oldest that fits) to `untilAt` (null: now), as `query` would find them.
   * @throws AppError as `query`.
   */
  volume(query: LogVolumeQuery): Promise<LogVolume>
  /**
   * Tells for each text whether it fits. A regular expression runs in another thread and may take a quarter of a second.
   * @throws AppError `invalid_input` for a regular expression that cannot be read or takes too long.
   */
  match(text: LogText, texts: string[]): Promise<boolean[]>
  /**
   * The newest `last` lines in memory of one server, or (null) of all in the order of appending, and then each new line
   * as it is appended. The listener is called within `append`: it must be quick and must not throw.
   */
  subscribe(
    serverId: ServerId | null,
    last: number,
    listener: (line: LogLine) => void,
  ): LogSubscription
  /** From now on stored lines are kept as this says. What is too much goes in small steps that hold nobody up. */
  setRetention(retention: LogRetention): void
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
  const memory = new LogMemory()
  const listeners = new Set<(line: LogLine) => void>()

  const match = async (text: LogText, texts: string[], budgetMs: number): Promise<boolean[]> =>
    text.regex ? await writer.match(text, texts, budgetMs) : createLineFilter(text, budgetMs)(texts)
  const search = async (query: Omit<LogQuery, 'limit'>): Promise<LogLine[]> => {
    const lines = memory.select(query, query.before)
    if (query.text === null) return lines
    const wanted = await match(
      query.text,
      lines.map((line) => line.text),
      maxSearchMs,
    )
    return lines.filter((_line, index) => wanted[index])
  }

  return {
    append: (entry) => {
      const seq = (lastSeqs.get(entry.serverId) ?? 0) + 1
      lastSeqs.set(entry.serverId, seq)
      const line: LogLine = { ...entry, seq, text: boundedText(entry.text) }
      memory.push(line)
      writer.enqueue(line)
      for (const listener of listeners) listener(line)
      return line
    },
    tail: (serverId, last) => memory.tail(serverId, last),
    since: (serverId, seq) => memory.since(serverId, seq),
    query: async (query) => {
      if (writer.isStoring) return writer.query(query)
      const found = await search(query)
      return found.slice(Math.max(0, found.length - query.limit))
    },
    volume: async (query) => {
      if (writer.isStoring) return writer.volume(query)
      // A line of this very millisecond is no later than now.
      const toAt = query.untilAt ?? Date.now() + 1
      const found = await search({ ...query, before: null })
      return volumeOf(found, query.sinceAt, toAt, query.buckets)
    },
    match: (text, texts) => match(text, texts, maxLiveMs),
    subscribe: (serverId, last, listener) => {
      const call = (line: LogLine): void => {
        if (serverId === null || line.serverId === serverId) listener(line)
      }
      listeners.add(call)
      return {
        snapshot: memory.tail(serverId, last),
        unsubscribe: () => void listeners.delete(call),
      }
    },
    setRetention: (retention) => writer.setRetention(retention),
    stats: () => ({ isStoring: writer.isStoring, appended: memory.appended, ...writer.counts }),
    close: () => writer.close(),
  }
}
