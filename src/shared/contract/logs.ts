import * as z from 'zod'
import { serverIdSchema } from '../domain/ids.ts'
import { logLineSchema } from '../domain/log-line.ts'
import { base } from './base.ts'
import { streamOf } from './streams.ts'

/** Which lines. All conditions must hold; null means any. */
export const logQuerySchema = z.object({
  serverId: serverIdSchema.nullable(),
  /** Milliseconds since the Unix epoch: lines at or after it. */
  sinceAt: z.number().nullable(),
  /** A regular expression in JavaScript's syntax, matched against the text. */
  grep: z.string().nullable(),
  /** The newest so many; 1 to 100,000. */
  limit: z.number().int().min(1).max(100_000),
})
export type LogQuery = z.infer<typeof logQuerySchema>

/** What servers print, and what was done with them. */
export const logsContract = {
  /** Oldest first. */
  query: base.input(logQuerySchema).output(z.array(logLineSchema)),
  /** The lines of the query, then every later one that matches: one ordered stream without gap or double. */
  follow: base.input(logQuerySchema).output(streamOf(logLineSchema)),
}
