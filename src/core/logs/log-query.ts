import * as z from 'zod'
import {
  type LogVolume,
  logFilterSchema,
  logQuerySchema,
  logTextSchema,
} from '../../shared/contract/logs.ts'
import { errorInfoSchema } from '../../shared/domain/errors.ts'
import { serverIdSchema } from '../../shared/domain/ids.ts'
import type { LogLine } from '../../shared/domain/log-line.ts'

/** Which lines are counted, in how many spans of time. */
export const logVolumeQuerySchema = logFilterSchema.extend({ buckets: z.number().int().min(1) })
export type LogVolumeQuery = z.infer<typeof logVolumeQuerySchema>

/** How long lines are kept: both bounds hold. */
export const logRetentionSchema = z.object({
  /** Lines older than so many days are deleted. */
  keepDays: z.number().positive(),
  /** The oldest lines are deleted once the file is larger than so many megabytes (10^6 bytes). */
  keepMegabytes: z.number().positive(),
})
export type LogRetention = z.infer<typeof logRetentionSchema>

/** Lines between two threads of one program: made by its own code on one side, so not checked one by one on the other. */
const linesSchema = z.array(z.custom<LogLine>())

/** Questions to the worker; each gets one answer with its `id`. */
const askSchemas = [
  z.object({ type: z.literal('query'), id: z.number(), query: logQuerySchema }),
  z.object({ type: z.literal('volume'), id: z.number(), query: logVolumeQuerySchema }),
  z.object({
    type: z.literal('match'),
    id: z.number(),
    text: logTextSchema,
    budgetMs: z.number(),
    texts: z.array(z.string()),
  }),
] as const

/** What the store asks of its worker. */
export const logRequestSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('write'), lines: linesSchema }),
  ...askSchemas,
  z.object({ type: z.literal('retention'), retention: logRetentionSchema }),
  z.object({ type: z.literal('close') }),
])
export type LogRequest = z.infer<typeof logRequestSchema>

/** A question to the worker. */
export type LogAsk = Extract<LogRequest, { id: number }>

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
  z.object({ type: z.literal('counted'), id: z.number(), volume: z.custom<LogVolume>() }),
  z.object({ type: z.literal('matched'), id: z.number(), wanted: z.array(z.boolean()) }),
  z.object({ type: z.literal('failed'), id: z.number(), error: errorInfoSchema }),
])
export type LogReply = z.infer<typeof logReplySchema>
