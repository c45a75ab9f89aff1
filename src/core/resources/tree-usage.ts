import type { ProcessEntry } from '../processes/process-entry.ts'

/**
 * The processor time that a tree took between two looks at it, in milliseconds. A process that was not there before began
 * since, so all of its time counts. One that ended since counts as far as the system added its time to that of a process
 * which collected it and still lives: so do the short ones that no look ever saw. Pure.
 */
export function cpuMsBetween(
  before: readonly ProcessEntry[],
  after: readonly ProcessEntry[],
): number {
  const ended = new Map(before.map((entry) => [identityOf(entry), entry]))
  let ownMs = 0
  let collectedMs = 0
  for (const entry of after) {
    const known = ended.get(identityOf(entry))
    ended.delete(identityOf(entry))
    ownMs += Math.max(0, entry.cpuMs - (known?.cpuMs ?? 0))
    collectedMs += Math.max(0, childrenMs(entry) - (known === undefined ? 0 : childrenMs(known)))
  }
  // What those that ended had taken by the look before was counted then.
  const countedMs = [...ended.values()].reduce((sum, one) => sum + one.cpuMs + childrenMs(one), 0)
  return ownMs + Math.max(0, collectedMs - countedMs)
}

/** The resident sets of all processes together, in bytes. Pure. */
export function memoryOf(entries: readonly ProcessEntry[]): number {
  return entries.reduce((sum, entry) => sum + entry.memoryBytes, 0)
}

function childrenMs({ endedChildrenCpuMs = 0 }: ProcessEntry): number {
  return endedChildrenCpuMs
}

function identityOf({ pid, startMark }: ProcessEntry): string {
  return `${pid} ${startMark}`
}
