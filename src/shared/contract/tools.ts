import * as z from 'zod'
import { errorInfoSchema } from '../domain/errors.ts'
import { callIdSchema, serverIdSchema } from '../domain/ids.ts'
import {
  inventorySchema,
  promptResultSchema,
  resourceResultSchema,
  toolResultSchema,
} from '../domain/inventory.ts'
import { jsonObjectSchema } from '../lib/json.ts'
import { base } from './base.ts'
import { streamOf } from './streams.ts'

/** Where a value does not fit its JSON Schema. */
export const schemaProblemSchema = z.object({
  /** JSON Pointer (RFC 6901) into the value; empty: the value itself. */
  path: z.string(),
  message: z.string(),
})
export type SchemaProblem = z.infer<typeof schemaProblemSchema>

/** What happens during one call. The last event is the result; a call that fails ends the stream with an error instead. */
export const callEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('started'), callId: callIdSchema }),
  z.object({
    type: z.literal('progress'),
    progress: z.number(),
    total: z.number().nullable(),
    message: z.string().nullable(),
  }),
  z.object({
    type: z.literal('result'),
    result: toolResultSchema,
    durationMs: z.number(),
    /** How the structured content differs from the tool's output schema; empty: it matches; null: the tool has no such schema, or the result reports a failure. */
    outputProblems: z.array(schemaProblemSchema).nullable(),
  }),
])
export type CallEvent = z.infer<typeof callEventSchema>

/** One call of a tool as it is remembered: in memory only, the newest 200, until the host ends. */
export const callRecordSchema = z.object({
  callId: callIdSchema,
  serverId: serverIdSchema,
  tool: z.string(),
  /** Who called, as a person reads it. */
  caller: z.string(),
  args: jsonObjectSchema,
  /** Milliseconds since the Unix epoch. */
  startedAt: z.number(),
  /** Null while it runs. */
  durationMs: z.number().nullable(),
  /** `refused`: the server answered with a result that reports a failure. `failed`: there was no result. */
  outcome: z.enum(['running', 'ok', 'refused', 'failed', 'cancelled']),
  /** For `failed`. */
  error: errorInfoSchema.nullable(),
  /** Size of the result as JSON; null while there is none. */
  bytes: z.number().int().nullable(),
})
export type CallRecord = z.infer<typeof callRecordSchema>

/** An event of `tools.watch`. The first batch is one `listed` per server whose inventory is known and then `ready`; later ones are live. */
export const inventoryEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('listed'), inventory: inventorySchema }),
  /** The server stopped or was removed. */
  z.object({ type: z.literal('gone'), serverId: serverIdSchema }),
  z.object({ type: z.literal('ready') }),
])
export type InventoryEvent = z.infer<typeof inventoryEventSchema>

/** What servers offer, and calls of it. */
export const toolsContract = {
  /** What each running server offers, and every change of it. */
  watch: base.output(streamOf(inventoryEventSchema)),
  /** The remembered calls, oldest first, then each call when it begins and when it ends. */
  watchCalls: base.output(streamOf(callRecordSchema)),
  /**
   * Of one server, or of all that run or start on demand. A server that runs but was not listed yet is waited for; of all, one
   * that does not run and was never listed is started and left out: `watch` tells when it is listed.
   */
  inventory: base
    .input(z.object({ serverId: serverIdSchema.nullable() }))
    .output(z.array(inventorySchema)),
  /** Calls a tool. Ending the stream early cancels the call. */
  call: base
    .input(z.object({ serverId: serverIdSchema, tool: z.string(), args: jsonObjectSchema }))
    .output(streamOf(callEventSchema)),
  /** Where the arguments do not fit the tool's input schema; empty: they fit. */
  check: base
    .input(z.object({ serverId: serverIdSchema, tool: z.string(), args: jsonObjectSchema }))
    .output(z.array(schemaProblemSchema)),
  /** `prompts/get`. */
  getPrompt: base
    .input(
      z.object({
        serverId: serverIdSchema,
        name: z.string(),
        args: z.record(z.string(), z.string()),
      }),
    )
    .output(z.object({ result: promptResultSchema, durationMs: z.number() })),
  /** `resources/read`. */
  readResource: base
    .input(z.object({ serverId: serverIdSchema, uri: z.string() }))
    .output(z.object({ result: resourceResultSchema, durationMs: z.number() })),
}
