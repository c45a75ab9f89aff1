import * as z from 'zod'
import { serverIdSchema } from './ids.ts'

/** `stderr`: what the server prints. `stdout`: noise that is not a protocol message. `lifecycle`: what this program did. `protocol`: MCP messages. */
export const logSourceSchema = z.enum(['stderr', 'stdout', 'lifecycle', 'protocol'])
export type LogSource = z.infer<typeof logSourceSchema>

/** How grave a line is, from the least to the gravest. */
export const logLevelSchema = z.enum(['debug', 'info', 'warn', 'error'])
export type LogLevel = z.infer<typeof logLevelSchema>

/** What a protocol message was, beside its text. */
export const protocolLogSchema = z.object({
  direction: z.enum(['sent', 'received']),
  kind: z.enum(['request', 'response', 'error', 'notification']),
  method: z.string().nullable(),
  id: z.union([z.string(), z.number()]).nullable(),
  /** For a response: milliseconds since its request. */
  durationMs: z.number().nullable(),
  /** Size of the message in bytes; `text` may be shortened, this is not. */
  bytes: z.number().int(),
})

/** One line of a server's log. `seq` rises by one per line of one server, over restarts too, so a gap can be seen. */
export const logLineSchema = z.object({
  serverId: serverIdSchema,
  seq: z.number().int().positive(),
  /** Milliseconds since the Unix epoch. */
  at: z.number(),
  source: logSourceSchema,
  level: logLevelSchema,
  /** Without its line end, redacted, at most 64 KiB; a longer one is cut and says so. */
  text: z.string(),
  protocol: protocolLogSchema.nullable(),
})
export type LogLine = z.infer<typeof logLineSchema>
export type LogEntry = Omit<LogLine, 'seq'>
