import * as z from 'zod'
import { errorInfoSchema } from './errors.ts'

/** How a process ended: an exit code, or the signal that killed it. */
export const exitSchema = z.object({
  code: z.number().int().nullable(),
  signal: z.string().nullable(),
})
export type Exit = z.infer<typeof exitSchema>

/** What the handshake settled. */
export const protocolInfoSchema = z.object({
  /** `legacy`: `initialize` and sessions (2024-11-05 to 2025-11-25). `modern`: stateless, `server/discover` (2026-07-28). */
  era: z.enum(['legacy', 'modern']),
  /** The revision spoken, for example `2025-11-25`. */
  version: z.string(),
  serverName: z.string(),
  serverVersion: z.string(),
  /** Time from spawn (or connect) to the finished handshake, in milliseconds. */
  handshakeMs: z.number(),
})
export type ProtocolInfo = z.infer<typeof protocolInfoSchema>

const generation = z.number().int().nonnegative()
/** Milliseconds since the Unix epoch. */
const timestamp = z.number()

/**
 * The observed phase of a server (docs/architecture.md, "The lifecycle of a server"). The desired state is
 * `ServerDefinition.enabled`; health exists only while running.
 */
export const serverStateSchema = z.discriminatedUnion('phase', [
  z.object({
    phase: z.literal('stopped'),
    /** `user`: stopped for this run only, if the switch is on. `exited`: ended by itself with code 0 while not wanted. */
    reason: z.enum(['new', 'user', 'exited', 'idle']),
    exit: exitSchema.nullable(),
  }),
  z.object({
    phase: z.literal('starting'),
    generation,
    /** Which try this is since the server last ran well: 1 or more. */
    attempt: z.number().int().positive(),
    step: z.enum(['queue', 'resolve', 'spawn', 'handshake']),
    since: timestamp,
    pid: z.number().int().nullable(),
  }),
  z.object({
    phase: z.literal('running'),
    generation,
    since: timestamp,
    pid: z.number().int().nullable(),
    protocol: protocolInfoSchema,
    health: z.enum(['ok', 'degraded', 'unresponsive']),
    /** Failures in a row that still count; one is forgiven per 60 s of running. */
    failures: z.number().int().nonnegative(),
  }),
  z.object({
    phase: z.literal('stopping'),
    generation,
    step: z.enum(['stdin', 'term', 'kill']),
    next: z.enum(['stop', 'start', 'retry']),
    since: timestamp,
  }),
  z.object({
    phase: z.literal('backoff'),
    /** Failures in a row so far. */
    attempt: z.number().int().positive(),
    retryAt: timestamp,
    error: errorInfoSchema,
  }),
  z.object({ phase: z.literal('failed'), error: errorInfoSchema, at: timestamp }),
])
export type ServerState = z.infer<typeof serverStateSchema>
export type ServerPhase = ServerState['phase']
