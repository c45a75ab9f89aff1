import * as z from 'zod'
import { exceededSchema } from './automatic-action.ts'
import { errorInfoSchema } from './errors.ts'
import { serverDefinitionSchema } from './server-definition.ts'
import { serverStateSchema } from './server-state.ts'

/** How many of each a server offers. */
export const inventoryCountsSchema = z.object({
  tools: z.number().int(),
  prompts: z.number().int(),
  resources: z.number().int(),
  resourceTemplates: z.number().int(),
})
export type InventoryCounts = z.infer<typeof inventoryCountsSchema>

/** Figures of one server in this run of the host. Times in milliseconds, or milliseconds since the Unix epoch where the name ends in `At`. */
export const serverStatsSchema = z.object({
  /** Launches after the first one. */
  restarts: z.number().int().nonnegative(),
  /** Duration of the last handshake; null before the first. */
  handshakeMs: z.number().nullable(),
  /** Duration of the last health check; null before the first. */
  roundTripMs: z.number().nullable(),
  /** The last failure with the stderr lines before it; kept while the server runs again. */
  lastError: z
    .object({ error: errorInfoSchema, at: z.number(), stderr: z.array(z.string()) })
    .nullable(),
  /** The ceiling that its processes are above now; null: none. */
  exceeded: exceededSchema.nullable(),
  /** How many of each the server offers; null while not known. */
  counts: inventoryCountsSchema.nullable(),
})
export type ServerStats = z.infer<typeof serverStatsSchema>

/** All that a face shows of one server: what is wanted, what is true, and figures. */
export const serverViewSchema = z.object({
  definition: serverDefinitionSchema,
  state: serverStateSchema,
  stats: serverStatsSchema,
})
export type ServerView = z.infer<typeof serverViewSchema>
