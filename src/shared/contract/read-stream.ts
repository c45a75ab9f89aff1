import type { StreamId } from '../domain/ids.ts'
import type { Batch } from './streams.ts'

/** A stream's next items, and how many were lost before them because this reader was slow. */
export interface StreamItems<T> {
  readonly items: readonly T[]
  readonly dropped: number
}

/**
 * Reads a stream of the contract: yields its items and acknowledges each batch once the consumer asks for the next one, so
 * the sender never runs ahead of the consumer. Leaving the loop ends the stream at the sender. A failure of the stream is
 * thrown; a failure to acknowledge too, because it means the connection is gone.
 */
export async function* readStream<T>(
  open: Promise<AsyncIterable<Batch<T>>>,
  acknowledge: (input: { streamId: StreamId; seq: number }) => Promise<void>,
): AsyncGenerator<StreamItems<T>, void, void> {
  for await (const batch of await open) {
    if (batch.items.length > 0 || batch.dropped > 0) {
      yield { items: batch.items, dropped: batch.dropped }
    }
    await acknowledge({ streamId: batch.streamId, seq: batch.seq })
  }
}
