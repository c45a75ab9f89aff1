import type { ProcessEntry } from '../../../../src/core/processes/process-entry.ts'

/** A process that does nothing, except what is said. */
export function entry(pid: number, more: Partial<ProcessEntry> = {}): ProcessEntry {
  return {
    pid,
    parentPid: 1,
    groupId: pid,
    sessionId: pid,
    startMark: 'first',
    cpuMs: 0,
    memoryBytes: 0,
    ...more,
  }
}
