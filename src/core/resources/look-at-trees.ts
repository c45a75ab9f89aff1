import type { ServerId } from '../../shared/domain/ids.ts'
import { membersOf, type ProcessEntry, readProcessTable } from '../processes/process-table.ts'
import type { TreeLook } from './resource-sampler.ts'

/** Finds the processes of each server by its leader, and those of this program itself, which are all others below it. */
export async function lookAtTrees(leaders: ReadonlyMap<ServerId, number>): Promise<TreeLook> {
  const entries = await readProcessTable()
  const byPid = new Map(entries.map((entry) => [entry.pid, entry]))
  const treeOf = (leaderPid: number): readonly ProcessEntry[] =>
    membersOf({ leaderPid, runId: '', hasLeaderEnded: false }, entries).flatMap(
      (pid) => byPid.get(pid) ?? [],
    )
  const trees = new Map(
    Array.from(leaders, ([id, pid]) => [id, treeOf(pid)] as const).filter(
      ([, members]) => members.length > 0,
    ),
  )
  const ofServers = new Set([...trees.values()].flat())
  return { trees, own: descendantsOf(process.pid, entries, ofServers) }
}

/** A process and all below it, without those that belong to servers. Pure. */
function descendantsOf(
  pid: number,
  entries: readonly ProcessEntry[],
  without: ReadonlySet<ProcessEntry>,
): readonly ProcessEntry[] {
  const found = entries.filter((entry) => entry.pid === pid)
  for (const parent of found) {
    for (const entry of entries) {
      if (entry.parentPid === parent.pid && entry.pid !== pid && !without.has(entry))
        found.push(entry)
    }
  }
  return found
}
