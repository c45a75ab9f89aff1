import { defaultStopGrace, type Supervision } from '../../shared/domain/supervision.ts'
import type { BackoffPolicy } from '../../shared/lib/backoff.ts'
import type { ProbeLimits } from './era-probe.ts'
import type { StopGrace } from './stop-sequence.ts'

/** When a running server is asked for a sign of life. All times in milliseconds. */
export interface HealthTiming {
  /** Between the end of one check and the next one. */
  readonly everyMs: number
  /** How long an answer may take. */
  readonly timeoutMs: number
  /** An answer slower than this makes a server `degraded`. */
  readonly slowMs: number
}

/** Every wait in the life of a server, in one place. All times in milliseconds. */
export interface LifecycleTiming {
  /** Waits between the attempts of a server that fails. */
  readonly retry: BackoffPolicy
  /** Running for this long forgives one failure. */
  readonly forgiveAfterMs: number
  readonly grace: StopGrace
  readonly probe: ProbeLimits
  /** How long a start holds its place among the starts that run at once; one that hangs holds up nobody after that. */
  readonly placeMs: number
  readonly health: HealthTiming
  /** Between two looks at the processes of servers. */
  readonly lookMs: number
  /** The login shell's time-out: start-up files that wait for a terminal would otherwise block every server. */
  readonly shellMs: number
}

/** The waits of the real program. Docs: docs/architecture.md, "The lifecycle of a server". */
export const defaultTiming: LifecycleTiming = {
  retry: { baseMs: 1_000, capMs: 30_000, jitter: 0.2 },
  forgiveAfterMs: 60_000,
  grace: defaultStopGrace,
  // Long enough for a loaded machine, short enough not to be felt at each start; a verdict is cached.
  probe: { afterFirstByteMs: 2_000, afterSpawnMs: 5_000 },
  placeMs: 3_000,
  health: { everyMs: 30_000, timeoutMs: 10_000, slowMs: 2_000 },
  // Often enough to see what a server takes, seldom enough to cost under 1 % of a core.
  lookMs: 2_000,
  shellMs: 5_000,
}

/** How long a server is given to end: as it is set for it, else as usual. Pure. */
export function graceOf<Grace extends Pick<StopGrace, 'stdinMs' | 'termMs'>>(
  { stopGrace }: Pick<Supervision, 'stopGrace'>,
  usual: Grace,
): Grace {
  return {
    ...usual,
    stdinMs: stopGrace.stdinMs ?? usual.stdinMs,
    termMs: stopGrace.termMs ?? usual.termMs,
  }
}

/** How long it may take until the last of these servers is killed where all are stopped at once, in milliseconds. Pure. */
export function longestStopMs(
  servers: readonly { readonly definition: { readonly supervision: Supervision } }[],
  usual: StopGrace,
): number {
  const times = servers.map(({ definition }) => {
    const { stdinMs, termMs } = graceOf(definition.supervision, usual)
    return stdinMs + termMs
  })
  return Math.max(0, ...times)
}
