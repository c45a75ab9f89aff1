import type { ProcessRef, ReapOutcome } from '../../shared/domain/machine.ts'
import type { ProcessEntry } from '../processes/process-entry.ts'
import { ProcessForest } from './process-forest.ts'
import { processKey } from './recognise-servers.ts'

/** By what processes are ended, and how long each means is given, in milliseconds. */
export interface EndMeans {
  readonly read: () => Promise<readonly ProcessEntry[]>
  readonly send: (pid: number, signal: NodeJS.Signals) => void
  readonly termMs: number
  readonly killMs: number
  readonly pollMs: number
}

/** What became of a tree. */
export interface TreeEnd {
  readonly outcome: Extract<ReapOutcome, 'ended' | 'killed' | 'survived' | 'not-permitted'>
  /** How many of its processes are gone. */
  readonly ended: number
}

/**
 * Ends a tree of processes: SIGTERM to each, grace, SIGKILL. Before every signal the process must still be the one of that
 * start mark; what its members start meanwhile is ended with them. Resolves when the last one is gone or was given up.
 */
export async function endTree(members: readonly ProcessRef[], means: EndMeans): Promise<TreeEnd> {
  const known = new Set(members.map(processKey))
  const refused = new Set<string>()
  const killAt = performance.now() + means.termMs
  const giveUpAt = killAt + means.killMs
  const told = new Set<string>()
  for (;;) {
    const living = membersAmong(await means.read(), known)
    const now = performance.now()
    const isLate = now >= killAt
    if (living.length === 0 || now >= giveUpAt) {
      const ended = known.size - living.length
      if (living.length === 0) return { outcome: isLate ? 'killed' : 'ended', ended }
      const isRefused = living.every((entry) => refused.has(processKey(entry)))
      return { outcome: isRefused ? 'not-permitted' : 'survived', ended }
    }
    // What may not be signalled does not end by waiting.
    if (living.every((entry) => refused.has(processKey(entry)))) {
      return { outcome: 'not-permitted', ended: known.size - living.length }
    }
    for (const entry of living) {
      const key = processKey(entry)
      if (!isLate && told.has(key)) continue
      told.add(key)
      if (!trySend(entry.pid, isLate ? 'SIGKILL' : 'SIGTERM', means)) refused.add(key)
    }
    await new Promise((resolve) => {
      setTimeout(resolve, means.pollMs)
    })
  }
}

/** The living members, and what they have started since, which is a member from now on. */
function membersAmong(
  entries: readonly ProcessEntry[],
  known: Set<string>,
): readonly ProcessEntry[] {
  const forest = new ProcessForest(entries)
  const living = new Map<string, ProcessEntry>()
  for (const entry of entries) {
    if (!known.has(processKey(entry))) continue
    for (const { entry: below } of forest.tree(entry)) living.set(processKey(below), below)
  }
  for (const key of living.keys()) known.add(key)
  return [...living.values()]
}

/** False where the system does not permit it. */
function trySend(pid: number, signal: NodeJS.Signals, { send }: EndMeans): boolean {
  try {
    send(pid, signal)
    return true
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ESRCH') return true
    if (code === 'EPERM' || code === 'EACCES') return false
    throw error
  }
}
