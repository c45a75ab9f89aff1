import type { ProcessEntry } from '../processes/process-table.ts'

/**
 * The processor time that a tree took between two looks at it, in milliseconds. A process that was not there before began
 * since, so all of its time counts; of one that ended since, what it took after the look before is not known. Pure.
 */
export function cpuMsBetween(
  before: readonly ProcessEntry[],
  after: readonly ProcessEntry[],
): number {
  const known = new Map(before.map((entry) => [identityOf(entry), entry.cpuMs]))
  return after.reduce(
    (sum, entry) => sum + Math.max(0, entry.cpuMs - (known.get(identityOf(entry)) ?? 0)),
    0,
  )
}

/** The resident sets of all processes together, in bytes. Pure. */
export function memoryOf(entries: readonly ProcessEntry[]): number {
  return entries.reduce((sum, entry) => sum + entry.memoryBytes, 0)
}

function identityOf({ pid, startMark }: ProcessEntry): string {
  return `${pid} ${startMark}`
}
