import * as z from 'zod'
import { schemaProblemSchema } from '../../shared/contract/tools.ts'

/** What the checker asks of its process. */
export const schemaCheckRequestSchema = z.discriminatedUnion('type', [
  /** `schemaText` is the schema as JSON; `owner` says with whom what was compiled is forgotten. */
  z.object({
    type: z.literal('check'),
    owner: z.string(),
    schemaText: z.string(),
    value: z.unknown(),
  }),
  z.object({ type: z.literal('forget'), owner: z.string() }),
])
export type SchemaCheckRequest = z.infer<typeof schemaCheckRequestSchema>

/** What the process answers: `ready` once, then one answer per check, in their order; `late`: it took too long. */
export const schemaCheckReplySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('late') }),
  z.object({ type: z.literal('checked'), problems: z.array(schemaProblemSchema) }),
])
export type SchemaCheckReply = z.infer<typeof schemaCheckReplySchema>
