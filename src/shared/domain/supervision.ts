import * as z from 'zod'

/** The longest time that a server may be without a call before it is stopped, in milliseconds: a week. */
export const maxIdleStopMs = 7 * 24 * 3_600_000
/** The longest time that one means of the stop sequence may be given, in milliseconds. */
export const maxGraceMs = 600_000
/** The most that a CPU ceiling can say, in percent of one core. */
export const maxCpuPercent = 100_000

const graceMs = z.number().int().nonnegative().max(maxGraceMs).nullable()

/**
 * What is done when a server ends by itself. `always`: it is started again. `on-failure`: only where it failed; an exit
 * with code 0 is none. `never`: it stays as it is, with its reason.
 */
export const restartPolicySchema = z.enum(['always', 'on-failure', 'never'])
export type RestartPolicy = z.infer<typeof restartPolicySchema>

/** When a server that is switched on starts: together with the host, or at its first use. */
export const startPolicySchema = z.enum(['with-host', 'on-demand'])
export type StartPolicy = z.infer<typeof startPolicySchema>

/** What a server and all its processes together may use; null means no ceiling. */
export const resourceLimitsSchema = z.object({
  memoryBytes: z.number().int().positive().nullable(),
  /** 100 is one core, as the mean over 10 s. */
  cpuPercent: z.number().positive().max(maxCpuPercent).nullable(),
  /** What is done above a ceiling. A restart comes only after a warning. */
  onExceeded: z.enum(['warn', 'restart']),
})
export type ResourceLimits = z.infer<typeof resourceLimitsSchema>

/** How a server is kept up. */
export const supervisionSchema = z.object({
  restart: restartPolicySchema,
  start: startPolicySchema,
  /** After how many milliseconds without a call it is stopped until its next use; null: never. */
  idleStopMs: z.number().int().min(1_000).max(maxIdleStopMs).nullable(),
  /** How long each means of the stop sequence is given, in milliseconds; null means the default. */
  stopGrace: z.object({ stdinMs: graceMs, termMs: graceMs }),
  limits: resourceLimitsSchema,
})
export type Supervision = z.infer<typeof supervisionSchema>

/** How long each means of the stop sequence is given where nothing else is set: long enough to save a state, short enough to wait for. */
export const defaultStopGrace = { stdinMs: 2_000, termMs: 2_000 } as const

/** How a server is kept up where nobody said otherwise. */
export const defaultSupervision: Supervision = {
  restart: 'on-failure',
  start: 'with-host',
  idleStopMs: null,
  stopGrace: { stdinMs: null, termMs: null },
  limits: { memoryBytes: null, cpuPercent: null, onExceeded: 'warn' },
}
