import { randomBytes } from 'node:crypto'
import { type Batch, maxUnacknowledgedBatches } from '../../shared/contract/streams.ts'
import { type StreamId, streamIdSchema } from '../../shared/domain/ids.ts'
import type { StreamQueue } from './stream-queue.ts'

/** How long items are gathered before they go out, in milliseconds: about one frame of a screen. */
const gatherMs = 16
/** How many items one batch holds at most. */
const maxBatchItems = 500

/** Ends a source. */
export type Dispose = () => void

/**
 * Where a stream's items come from. It pushes its snapshot and then live items in order, and may end the stream, with an
 * error or without. Called once per stream; the answer is called when the reader is gone.
 */
export type StreamSource<T> = (sink: {
  readonly push: (item: T) => void
  readonly end: (error?: unknown) => void
}) => Dispose

/**
 * Sends every stream of one host. An RPC layer takes from an iterator as fast as it yields, whether or not anybody reads
 * at the other end, so a batch is only yielded while fewer than `maxUnacknowledgedBatches` wait for their
 * acknowledgement. Until then the items wait in a bounded queue, which drops or merges by its own rule.
 */
export class StreamSender {
  readonly #acknowledged = new Map<StreamId, (seq: number) => void>()

  /** How many streams are open; for tests and diagnostics. */
  get openStreams(): number {
    return this.#acknowledged.size
  }

  /** Takes a reader's acknowledgement. One for a stream that has ended is ignored: the two may cross. */
  acknowledge(streamId: StreamId, seq: number): void {
    this.#acknowledged.get(streamId)?.(seq)
  }

  /** Runs a source as a stream of batches, until it ends or `signal` aborts. The first batch is empty and names the stream. */
  async *open<T>(
    source: StreamSource<T>,
    queue: StreamQueue<T>,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Batch<T>, void, void> {
    const streamId = createStreamId()
    let sent = 0
    let acknowledged = 0
    let ended = false
    let failure: unknown
    let wake = ignore
    const woken = () =>
      new Promise<void>((resolve) => {
        wake = resolve
      })
    this.#acknowledged.set(streamId, (seq) => {
      // A reader cannot acknowledge what was never sent.
      acknowledged = Math.max(acknowledged, Math.min(seq, sent))
      wake()
    })
    const onAbort = () => wake()
    signal?.addEventListener('abort', onAbort)
    const dispose = source({
      push: (item) => {
        queue.push(item)
        wake()
      },
      end: (error) => {
        ended = true
        failure = error
        wake()
      },
    })
    try {
      sent += 1
      yield { streamId, seq: sent, items: [], dropped: 0 }
      for (;;) {
        while (
          !(signal?.aborted ?? false) &&
          (sent - acknowledged >= maxUnacknowledgedBatches || (queue.size === 0 && !ended))
        ) {
          await woken()
        }
        if (signal?.aborted ?? false) return
        if (queue.size === 0) break
        if (!ended && queue.size < maxBatchItems) await delay(gatherMs)
        const { items, dropped } = queue.take(maxBatchItems)
        sent += 1
        yield { streamId, seq: sent, items, dropped }
      }
      if (failure !== undefined) throw failure
    } finally {
      dispose()
      signal?.removeEventListener('abort', onAbort)
      this.#acknowledged.delete(streamId)
    }
  }
}

function ignore(): void {}

function createStreamId(): StreamId {
  const number = BigInt(`0x${randomBytes(10).toString('hex')}`)
  return streamIdSchema.parse(`str_${number.toString(36).padStart(16, '0').slice(-16)}`)
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}
