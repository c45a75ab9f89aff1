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

/** Counts the launches of one server; a callback of an earlier launch carries an earlier number and is dropped. */
const generation = z.number().int().nonnegative()
/** Milliseconds since the Unix epoch. */
const timestamp = z.number()

/** `queue`: waits for its turn. `resolve`: variables, secrets, command. `spawn`: the process or connection. `handshake`: the MCP handshake. */
export const startStepSchema = z.enum(['queue', 'resolve', 'spawn', 'handshake'])
export type StartStep = z.infer<typeof startStepSchema>

/**
 * Which means the stop sequence is using: end of stdin, SIGTERM to the group, SIGKILL to the tree. `held`: none, because it
 * may not kill by itself (`Settings.automation`); it goes on once a person says so.
 */
export const stopStepSchema = z.enum(['stdin', 'term', 'held', 'kill'])
export type StopStep = z.infer<typeof stopStepSchema>

/** How a running server answers: in time, late or with failures, not at all. */
export const healthSchema = z.enum(['ok', 'degraded', 'unresponsive'])
export type Health = z.infer<typeof healthSchema>

/** What follows once the process tree is gone. */
export const afterStopSchema = z.discriminatedUnion('do', [
  z.object({ do: z.literal('stop') }),
  z.object({ do: z.literal('start') }),
  /** It rests until its next use. */
  z.object({ do: z.literal('idle') }),
  /** The start failed while the process was still alive: count the failure, then back off or park. */
  z.object({
    do: z.literal('fail'),
    error: errorInfoSchema,
    retryable: z.boolean(),
    failures: z.number().int().positive(),
  }),
])
export type AfterStop = z.infer<typeof afterStopSchema>

/**
 * The observed phase of a server (docs/architecture.md, "The lifecycle of a server"). The desired state is
 * `ServerDefinition.enabled`; health exists only while running.
 */
export const serverStateSchema = z.discriminatedUnion('phase', [
  z.object({
    phase: z.literal('stopped'),
    /**
     * `new`: not started in this run of the host. `user`: stopped by a person; if the switch is on, it starts at the next
     * launch of the host. `exited`: it ended by itself, and that was no failure. `idle`: it starts at its next use.
     */
    reason: z.enum(['new', 'user', 'exited', 'idle']),
    exit: exitSchema.nullable(),
  }),
  z.object({
    phase: z.literal('starting'),
    generation,
    /** Which try this is since the last one that a person asked for, or that ran well: 1 or more. */
    attempt: z.number().int().positive(),
    step: startStepSchema,
    since: timestamp,
    pid: z.number().int().nullable(),
  }),
  z.object({
    phase: z.literal('running'),
    generation,
    since: timestamp,
    /** Null for a remote server. */
    pid: z.number().int().nullable(),
    protocol: protocolInfoSchema,
    health: healthSchema,
    /** Failures in a row that still count; one is forgiven per 60 s of running, all by an answered call. */
    failures: z.number().int().nonnegative(),
  }),
  z.object({
    phase: z.literal('stopping'),
    generation,
    step: stopStepSchema,
    since: timestamp,
    next: afterStopSchema,
  }),
  z.object({
    phase: z.literal('backoff'),
    generation,
    /** Failures in a row so far. */
    failures: z.number().int().positive(),
    retryAt: timestamp,
    error: errorInfoSchema,
  }),
  z.object({
    phase: z.literal('failed'),
    generation,
    error: errorInfoSchema,
    /** Failures in a row when it was parked. */
    failures: z.number().int().positive(),
    at: timestamp,
  }),
])
export type ServerState = z.infer<typeof serverStateSchema>
export type ServerPhase = ServerState['phase']

/** True once the server is at rest or waits for a retry: running, stopped, failed, or in backoff. */
export function isSettled(state: ServerState): boolean {
  return state.phase !== 'starting' && state.phase !== 'stopping'
}
