import * as z from 'zod'
import { serverIdSchema } from '../domain/ids.ts'
import { historyPoints, resourcePointSchema, resourceSampleSchema } from '../domain/resources.ts'
import { base } from './base.ts'
import { streamOf } from './streams.ts'

/** Whose processes: a server's whole tree, or MCP Manager itself, without its servers (null). */
const serverId = serverIdSchema.nullable()

/**
 * An event of `resources.watch`. The first batch is one `history` for each that was ever measured, one `sample` for each
 * that runs, and then `ready`; later ones are live.
 */
export const resourcesEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('history'),
    serverId,
    /** Oldest first. */
    points: z.array(resourcePointSchema).max(historyPoints),
  }),
  /** `point`: the newest one of the history, with this sample in it. */
  z.object({
    type: z.literal('sample'),
    serverId,
    sample: resourceSampleSchema,
    point: resourcePointSchema,
  }),
  /** Its last process is gone. The history stays. */
  z.object({ type: z.literal('ended'), serverId }),
  z.object({ type: z.literal('ready') }),
])
export type ResourcesEvent = z.infer<typeof resourcesEventSchema>

/** What servers take of the machine. */
export const resourcesContract = {
  /** The last ten minutes, then each sample: every 2 s while somebody reads this stream. */
  watch: base.output(streamOf(resourcesEventSchema)),
  /** The newest sample of each server that runs, at most 10 s old. A server that just started has none yet. */
  latest: base.output(
    z.array(z.object({ serverId: serverIdSchema, sample: resourceSampleSchema })),
  ),
}
