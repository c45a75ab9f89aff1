import * as z from 'zod'
import { callIdSchema, serverIdSchema } from '../domain/ids.ts'
import { inventorySchema, toolResultSchema } from '../domain/inventory.ts'
import { jsonObjectSchema } from '../lib/json.ts'
import { base } from './base.ts'
import { streamOf } from './streams.ts'

/** What happens during one call. The last event is the result; a call that fails ends the stream with an error instead. */
export const callEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('started'), callId: callIdSchema }),
  z.object({
    type: z.literal('progress'),
    progress: z.number(),
    total: z.number().nullable(),
    message: z.string().nullable(),
  }),
  z.object({ type: z.literal('result'), result: toolResultSchema, durationMs: z.number() }),
])
export type CallEvent = z.infer<typeof callEventSchema>

/** What servers offer, and calls of it. */
export const toolsContract = {
  /** Of one server, or of all that run. A server that runs but was not listed yet is waited for. */
  inventory: base
    .input(z.object({ serverId: serverIdSchema.nullable() }))
    .output(z.array(inventorySchema)),
  /** Calls a tool. Ending the stream early cancels the call. */
  call: base
    .input(z.object({ serverId: serverIdSchema, tool: z.string(), args: jsonObjectSchema }))
    .output(streamOf(callEventSchema)),
}
