import { eventIterator } from '@orpc/contract'
import * as z from 'zod'
import { streamIdSchema } from '../domain/ids.ts'
import { base } from './base.ts'

/** How many batches may be out without an acknowledgement before the sender holds back. */
export const maxUnacknowledgedBatches = 8

/**
 * One batch of a stream. `seq` counts from 1 within the stream. `dropped` is how many items were lost before this batch
 * because the reader was slow; the first batch may be empty and only names the stream.
 */
export function batchOf<T extends z.ZodType>(item: T) {
  return z.object({
    streamId: streamIdSchema,
    seq: z.number().int().positive(),
    items: z.array(item),
    dropped: z.number().int().nonnegative(),
  })
}

/** A batch of a stream of `T`: see `batchOf`. */
export interface Batch<T> {
  readonly streamId: z.infer<typeof streamIdSchema>
  readonly seq: number
  readonly items: T[]
  readonly dropped: number
}

/** The output of a call that streams items of one kind, in acknowledged batches. */
export function streamOf<T extends z.ZodType>(item: T) {
  return eventIterator(batchOf(item))
}

/** Flow control of every stream. */
export const streamsContract = {
  /** Says that all batches up to `seq` were taken in. An unknown or ended stream is ignored: the acknowledgement may cross its end. */
  ack: base
    .input(z.object({ streamId: streamIdSchema, seq: z.number().int().positive() }))
    .output(z.void()),
}
