import type { Exceeded } from './automatic-action.ts'
import type { ErrorInfo } from './errors.ts'

/** A ceiling that a server is above as an error, so that it is told in the words of one. The symbols of units are the same in every language. Pure. */
export function exceededError(exceeded: Exceeded): ErrorInfo {
  return {
    code: 'above_ceiling',
    data:
      exceeded.resource === 'memory'
        ? { memory: megabytes(exceeded.bytes), limit: megabytes(exceeded.limitBytes) }
        : { cpu: percent(exceeded.percent), limit: percent(exceeded.limitPercent) },
  }
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`
}

function percent(value: number): string {
  return `${Math.round(value)} %`
}
