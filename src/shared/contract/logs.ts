import * as z from 'zod'
import { serverIdSchema } from '../domain/ids.ts'
import { logLevelSchema, logLineSchema, logSourceSchema } from '../domain/log-line.ts'
import { base } from './base.ts'
import { streamOf } from './streams.ts'

/** A search in the text of lines. */
export const logTextSchema = z.object({
  pattern: z.string().min(1).max(1_000),
  /** True: a regular expression in JavaScript's syntax. False: the pattern as it is written. */
  regex: z.boolean(),
  matchCase: z.boolean(),
})
export type LogText = z.infer<typeof logTextSchema>

/** Which lines. All conditions must hold; null means any. */
export const logFilterSchema = z.object({
  serverIds: z.array(serverIdSchema).nullable(),
  sources: z.array(logSourceSchema).nullable(),
  levels: z.array(logLevelSchema).nullable(),
  /** Milliseconds since the Unix epoch: lines at or after it. */
  sinceAt: z.number().nullable(),
  /** Milliseconds since the Unix epoch: lines before it. */
  untilAt: z.number().nullable(),
  text: logTextSchema.nullable(),
})
export type LogFilter = z.infer<typeof logFilterSchema>

/** Which line: its server and its number there. */
export const logPositionSchema = logLineSchema.pick({ serverId: true, seq: true })
export type LogPosition = z.infer<typeof logPositionSchema>

/** How many lines at most: the newest so many of those that match; 0 to 100,000. */
const limit = z.number().int().min(0).max(100_000)

/** A page of the store. */
export const logQuerySchema = logFilterSchema.extend({
  /** Only lines that were written before this one, in the order of writing over all servers; null: from the newest on. */
  before: logPositionSchema.nullable(),
  limit,
})
export type LogQuery = z.infer<typeof logQuerySchema>

/** A tail: lines that are there, then every later one. */
export const logFollowSchema = logFilterSchema.omit({ untilAt: true }).extend({ limit })
export type LogFollow = z.infer<typeof logFollowSchema>

/** How many lines of each level there are in each of some equal spans of time. */
export const logVolumeSchema = z.object({
  fromAt: z.number(),
  toAt: z.number(),
  /** Oldest first. */
  buckets: z.array(
    z.object({
      debug: z.number().int(),
      info: z.number().int(),
      warn: z.number().int(),
      error: z.number().int(),
    }),
  ),
})
export type LogVolume = z.infer<typeof logVolumeSchema>

/** What servers print, and what was done with them. */
export const logsContract = {
  /** Oldest first. */
  query: base.input(logQuerySchema).output(z.array(logLineSchema)),
  /** The newest lines that match, then every later one: one ordered stream without gap or double. */
  follow: base.input(logFollowSchema).output(streamOf(logLineSchema)),
  /** Counts of stored lines from `sinceAt` (null: the oldest line that matches) to `untilAt` (null: now). */
  volume: base
    .input(logFilterSchema.extend({ buckets: z.number().int().min(1).max(400) }))
    .output(logVolumeSchema),
}
