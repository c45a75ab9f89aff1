import * as z from 'zod'
import { logTextSchema } from '../../../shared/contract/logs.ts'

/** What the page asks its matcher: to find a pattern in rows, whose ids count up from `firstId`. */
export const matchRequestSchema = z.object({
  id: z.number(),
  search: logTextSchema,
  firstId: z.number(),
  texts: z.array(z.string()),
})
export type MatchRequest = z.infer<typeof matchRequestSchema>

/** What it answers: the rows that were hit, with where, as pairs of start and end in the text as it is shown. */
export const matchReplySchema = z.object({
  id: z.number(),
  hits: z.array(z.object({ row: z.number(), ranges: z.array(z.tuple([z.number(), z.number()])) })),
})
export type MatchReply = z.infer<typeof matchReplySchema>
