import type { Supervision } from '../../../shared/domain/supervision.ts'
import type { FormValues } from './form-values.ts'

/** The fields of the form that say how a server is kept up. */
export type UpkeepValues = Pick<
  FormValues,
  | 'restart'
  | 'start'
  | 'idleMinutes'
  | 'stdinSeconds'
  | 'termSeconds'
  | 'memoryMegabytes'
  | 'cpuPercent'
  | 'onExceeded'
>

/** The fields of a server's upkeep. Pure. */
export function upkeepValues({
  restart,
  start,
  idleStopMs,
  stopGrace,
  limits,
}: Supervision): UpkeepValues {
  return {
    restart,
    start,
    idleMinutes: over(idleStopMs, 60_000),
    stdinSeconds: over(stopGrace.stdinMs, 1_000),
    termSeconds: over(stopGrace.termMs, 1_000),
    memoryMegabytes: over(limits.memoryBytes, 1e6),
    cpuPercent: limits.cpuPercent,
    onExceeded: limits.onExceeded,
  }
}

/** What the fields say, as the definition holds it. Pure. */
export function toSupervision(values: UpkeepValues): Supervision {
  return {
    restart: values.restart,
    start: values.start,
    idleStopMs: times(values.idleMinutes, 60_000),
    stopGrace: {
      stdinMs: times(values.stdinSeconds, 1_000),
      termMs: times(values.termSeconds, 1_000),
    },
    limits: {
      memoryBytes: times(values.memoryMegabytes, 1e6),
      cpuPercent: values.cpuPercent,
      onExceeded: values.onExceeded,
    },
  }
}

function over(value: number | null, unit: number): number | null {
  return value === null ? null : value / unit
}

function times(value: number | null, unit: number): number | null {
  return value === null ? null : Math.round(value * unit)
}
