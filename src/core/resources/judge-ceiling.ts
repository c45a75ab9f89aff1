import type { Exceeded } from '../../shared/domain/automatic-action.ts'
import type { ResourceSample } from '../../shared/domain/resources.ts'
import type { ResourceLimits } from '../../shared/domain/supervision.ts'

/** So many samples in a row above the ceiling: memory that is taken for a moment is none of it. */
const memorySamples = 3
/** Processor time counts as its mean over this time, in milliseconds. */
const cpuMeanMs = 10_000
/** How long after the warning a restart may come, in milliseconds. */
const restartAfterMs = 30_000
/** So many times the ceiling of memory is a danger to the machine: a restart comes at once. */
const dangerShare = 1.5
/** Neither a warning nor a restart comes twice within this time, in milliseconds. */
const quietMs = 300_000

/** What is known of a server and its ceilings. */
export interface CeilingState {
  /** The newest samples of the process that runs: as many as are needed, oldest first. */
  readonly samples: readonly ResourceSample[]
  /** Since when it is above a ceiling; null where it is not. */
  readonly since: number | null
  readonly warnedAt: number | null
  readonly restartedAt: number | null
}

/** Of a server that was never measured. */
export const noCeilingState: CeilingState = {
  samples: [],
  since: null,
  warnedAt: null,
  restartedAt: null,
}

/** What is to be done about a sample. */
export interface CeilingVerdict {
  readonly state: CeilingState
  /** The ceiling that it is above now; null where there is none. */
  readonly exceeded: Exceeded | null
  readonly action: 'warn' | 'restart' | null
}

/** Judges a server by its newest sample: a warning first, a restart where that is asked for and it stays above. Pure. */
export function judgeCeiling(
  before: CeilingState,
  sample: ResourceSample,
  limits: ResourceLimits,
): CeilingVerdict {
  const now = sample.at
  const samples = neededOf([...before.samples, sample])
  const exceeded = exceededBy(samples, limits)
  if (exceeded === null) {
    return { state: { ...before, samples, since: null }, exceeded, action: null }
  }
  const since = before.since ?? now
  const state = { ...before, samples, since }
  const mayRestart = limits.onExceeded === 'restart' && isOver(state.restartedAt, now)
  if (mayRestart && (isDanger(exceeded) || now - since >= restartAfterMs)) {
    // What comes after it is another process: nothing of this one counts.
    const restarted = { samples: [], since: null, warnedAt: now, restartedAt: now }
    return { state: restarted, exceeded, action: 'restart' }
  }
  if (before.since !== null || !isOver(state.warnedAt, now)) {
    return { state, exceeded, action: null }
  }
  return { state: { ...state, warnedAt: now }, exceeded, action: 'warn' }
}

/** The server has no process any more: what it took is over, what was done about it is not. Pure. */
export function afterEnd(state: CeilingState): CeilingState {
  return { ...state, samples: [], since: null }
}

function exceededBy(
  samples: readonly ResourceSample[],
  { memoryBytes, cpuPercent }: ResourceLimits,
): Exceeded | null {
  const bytes = samples.at(-1)?.memoryBytes ?? 0
  if (memoryBytes !== null) {
    const recent = samples.slice(-memorySamples)
    const stays =
      recent.length === memorySamples && recent.every((one) => one.memoryBytes > memoryBytes)
    if (stays || bytes > dangerShare * memoryBytes) {
      return { resource: 'memory', bytes, limitBytes: memoryBytes }
    }
  }
  const percent = meanCpu(samples)
  return cpuPercent !== null && percent !== null && percent > cpuPercent
    ? { resource: 'cpu', percent, limitPercent: cpuPercent }
    : null
}

/** The mean over the last ten seconds, or a little more; null where less is known. A sample stands for the time since the one before. */
function meanCpu(samples: readonly ResourceSample[]): number | null {
  const last = samples.at(-1)
  if (last === undefined) return null
  const start = samples.findLastIndex(({ at }) => at <= last.at - cpuMeanMs)
  const from = samples[start]
  if (from === undefined) return null
  let sum = 0
  let fromAt = from.at
  for (const { at, cpuPercent } of samples.slice(start + 1)) {
    sum += cpuPercent * (at - fromAt)
    fromAt = at
  }
  return sum / (last.at - from.at)
}

/** The samples of the last ten seconds with one before them, but never fewer than memory needs. */
function neededOf(samples: readonly ResourceSample[]): readonly ResourceSample[] {
  const now = samples.at(-1)?.at ?? 0
  const start = samples.findLastIndex(({ at }) => at <= now - cpuMeanMs)
  return samples.slice(Math.max(0, Math.min(start, samples.length - memorySamples)))
}

function isDanger(exceeded: Exceeded): boolean {
  return exceeded.resource === 'memory' && exceeded.bytes > dangerShare * exceeded.limitBytes
}

function isOver(at: number | null, now: number): boolean {
  return at === null || now - at >= quietMs
}
