import type { OwnerMark } from './marks.ts'
import type { ProcessEntry } from './process-entry.ts'
import { membersOf, withDescendants } from './process-tree.ts'
import type { KnownRun } from './run-records.ts'

/** What a sweep goes by. */
export interface SweepKnowledge {
  readonly runs: readonly KnownRun[]
  /** Whether the owner mark in a process's environment is one whose servers are to be ended. */
  readonly isDoomed: (pid: number) => boolean
  /** Processes that are spared whatever they are: the one that sweeps, and those that it comes from. */
  readonly spared: ReadonlySet<number>
}

/** A process that a sweep ends, and of which run it was known, if it was. */
export interface Doomed {
  readonly entry: ProcessEntry
  readonly run: KnownRun | null
}

/** Whom a sweep ends: what is left of the runs' trees, what carries a doomed mark, and all that descends from them. Pure. */
export function planSweep(
  table: readonly ProcessEntry[],
  knowledge: SweepKnowledge,
): readonly Doomed[] {
  const doomed = new Map<ProcessEntry, KnownRun | null>()
  for (const run of knowledge.runs) {
    for (const entry of membersOf(run.tree, table)) doomed.set(entry, run)
  }
  const marked = table.filter((entry) => !doomed.has(entry) && knowledge.isDoomed(entry.pid))
  for (const entry of withDescendants(new Set([...doomed.keys(), ...marked]), table)) {
    if (!doomed.has(entry)) doomed.set(entry, null)
  }
  return [...doomed]
    .filter(([{ pid }]) => pid > 1 && !knowledge.spared.has(pid))
    .map(([entry, run]) => ({ entry, run }))
}

/** The process and those that it comes from: a host may itself have been started from within a server. Pure. */
export function lineOf(pid: number, table: readonly ProcessEntry[]): ReadonlySet<number> {
  const parentOf = new Map(table.map((entry) => [entry.pid, entry.parentPid]))
  const line = new Set<number>()
  for (let at: number | undefined = pid; at !== undefined && !line.has(at); ) {
    line.add(at)
    at = parentOf.get(at)
  }
  return line
}

/** Whether the program of a mark runs. Pure. */
export function isOwnerAlive(mark: OwnerMark, table: readonly ProcessEntry[]): boolean {
  return table.some(({ pid, startMark }) => pid === mark.pid && startMark === mark.startMark)
}
