import type { LogFollow } from '../../shared/contract/logs.ts'
import { AppError } from '../../shared/domain/errors.ts'
import type { LogLine } from '../../shared/domain/log-line.ts'
import { createLineFilter, maxLiveMs } from './line-filter.ts'
import type { LogStore } from './log-store.ts'
import { matchesFields } from './matches-fields.ts'

/** How many lines are matched against a regular expression together. */
const matchBatch = 5_000

/** How many lines may wait to be matched; each is held by the log's memory too. */
const maxWaiting = 200_000

/** Who takes the lines of a followed log. */
export interface LogSink {
  readonly push: (line: LogLine) => void
  readonly end: (error?: unknown) => void
}

/**
 * Pushes the newest `limit` lines that match, then every later one that matches: one ordered stream, no gap and no
 * double. The answer ends it. A failed search ends the stream with its error: `append` must not fail for a reader's sake.
 */
export function followLog(store: LogStore, request: LogFollow, sink: LogSink): () => void {
  const { limit, ...rest } = request
  const filter = { ...rest, untilAt: null }
  // A regular expression may take for ever: it is matched in the log's own thread, and lines wait for that in order.
  const { text } = filter
  const regex = text?.regex === true ? text : null
  const plain = text === null || text.regex ? null : createLineFilter(text, maxLiveMs)
  let waiting: LogLine[] = []
  let isReady = false
  let isOver = false

  const fail = (error: unknown): void => {
    if (isOver) return
    dispose()
    sink.end(error)
  }
  const matchWaiting = async (): Promise<void> => {
    isReady = false
    while (!isOver && waiting.length > 0) {
      const lines = waiting.slice(0, matchBatch)
      waiting = waiting.slice(matchBatch)
      const wanted =
        regex === null
          ? null
          : await store.match(
              regex,
              lines.map((line) => line.text),
            )
      if (isOver) return
      for (const [index, line] of lines.entries()) {
        if (wanted === null || wanted[index] === true) sink.push(line)
      }
    }
    isReady = true
  }
  const onLine = (line: LogLine): void => {
    if (!matchesFields(filter, line)) return
    if (plain !== null && plain([line.text])[0] !== true) return
    if (isReady && regex === null) return sink.push(line)
    if (waiting.length >= maxWaiting) {
      const reason = 'The lines come faster than they can be searched.'
      return fail(new AppError('invalid_input', { field: 'pattern', reason }))
    }
    waiting.push(line)
    if (isReady) matchWaiting().catch(fail)
    return undefined
  }

  const { unsubscribe } = store.subscribe(null, 0, onLine)
  const dispose = (): void => {
    isOver = true
    waiting = []
    unsubscribe()
  }
  // The answer has the lines up to this call, the subscription those from here on.
  store
    .query({ ...filter, before: null, limit })
    .then((lines) => {
      if (isOver) return undefined
      for (const line of lines) sink.push(line)
      return matchWaiting()
    })
    .catch(fail)
  return dispose
}
