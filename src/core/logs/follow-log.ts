import type { LogQuery as LogRequest } from '../../shared/contract/logs.ts'
import type { LogLine } from '../../shared/domain/log-line.ts'
import { createLineFilter } from './line-filter.ts'
import type { LogQuery } from './log-query.ts'
import type { LogStore } from './log-store.ts'

/** A filter bounds the time of all its searches together, so a log that is followed for days takes a new one after this many lines. */
const linesPerFilter = 1_000

/** Who takes the lines of a followed log. */
export interface LogSink {
  readonly push: (line: LogLine) => void
  readonly end: (error?: unknown) => void
}

/** The store's query for what a face asks. */
export function toLogQuery(request: LogRequest): LogQuery {
  return {
    serverId: request.serverId,
    sinceAt: request.sinceAt,
    beforeSeq: null,
    grep: request.grep === null ? null : { pattern: request.grep, regex: true },
    limit: request.limit,
  }
}

/**
 * Pushes the stored lines that match, then every later one that matches: one ordered stream, no gap and no double. The
 * answer ends it. A failed search ends the stream with its error.
 */
export function followLog(store: LogStore, request: LogRequest, sink: LogSink): () => void {
  let live = false
  let early: LogLine[] = []
  const matches = createMatcher(request.grep)
  const pushMatch = (line: LogLine): void => {
    try {
      if (matches(line)) sink.push(line)
    } catch (error) {
      // The pattern takes too long. `append` must not fail for a reader's sake.
      subscription.unsubscribe()
      sink.end(error)
    }
  }
  const subscription = store.subscribe(request.serverId, 0, (line) => {
    if (live) pushMatch(line)
    else early.push(line)
  })
  store.query(toLogQuery(request)).then(
    (lines) => {
      // Lines that came while the query ran may be in its answer or not; each is pushed once.
      const known = new Set(lines.map(keyOf))
      for (const line of lines) sink.push(line)
      for (const line of early) if (!known.has(keyOf(line))) pushMatch(line)
      early = []
      live = true
    },
    (error: unknown) => {
      subscription.unsubscribe()
      sink.end(error)
    },
  )
  return subscription.unsubscribe
}

function createMatcher(grep: string | null): (line: LogLine) => boolean {
  if (grep === null) return () => true
  let filter = createLineFilter(grep, true)
  let used = 0
  return (line) => {
    used += 1
    if (used % linesPerFilter === 0) filter = createLineFilter(grep, true)
    return filter([line.text])[0] === true
  }
}

function keyOf(line: LogLine): string {
  return `${line.serverId} ${line.seq}`
}
