import * as z from 'zod'
import { errorInfoSchema } from '../../shared/domain/errors.ts'
import { serverIdSchema } from '../../shared/domain/ids.ts'
import type { LogLine } from '../../shared/domain/log-line.ts'

/** Which stored lines are wanted. */
export const logQuerySchema = z.object({
  /** Only this server's; null for all servers. */
  serverId: serverIdSchema.nullable(),
  /** Only lines from this time on (milliseconds since the Unix epoch). */
  sinceAt: z.number().nullable(),
  /** Only lines whose text contains this, or matches it as a regular expression; upper and lower case are the same. */
  grep: z.object({ pattern: z.string().max(1000), regex: z.boolean() }).nullable(),
  /** Only lines with a lower sequence number: the page before. Needs `serverId`. */
  beforeSeq: z.number().int().positive().nullable(),
  /** How many lines at most: the newest ones that fit. */
  limit: z.number().int().min(1).max(100_000),
})
export type LogQuery = z.infer<typeof logQuerySchema>

/** Lines between two threads of one program: made by its own code on one side, so not checked one by one on the other. */
const linesSchema = z.array(z.custom<LogLine>())

/** What the store asks of its worker. */
export const logRequestSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('write'), lines: linesSchema }),
  z.object({ type: z.literal('query'), id: z.number(), query: logQuerySchema }),
  z.object({ type: z.literal('close') }),
])
export type LogRequest = z.infer<typeof logRequestSchema>

/** What the worker answers. */
export const logReplySchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('opened'),
    /** Whether lines reach the disk. If not, a notice says why. */
    isStoring: z.boolean(),
    /** The highest sequence number of each server. */
    lastSeqs: z.array(z.tuple([serverIdSchema, z.number()])),
  }),
  z.object({ type: z.literal('notice'), notice: errorInfoSchema }),
  /** A batch is done with: `stored` of its lines are on disk, the others could not be stored. */
  z.object({ type: z.literal('written'), lines: z.number(), stored: z.number() }),
  z.object({ type: z.literal('found'), id: z.number(), lines: linesSchema }),
  z.object({ type: z.literal('failed'), id: z.number(), error: errorInfoSchema }),
])
export type LogReply = z.infer<typeof logReplySchema>
