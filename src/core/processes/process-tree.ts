import type { ProcessEntry } from './process-entry.ts'

/** A number that no process, group or session has. */
export const nobody = -1

/** What is known of a server's processes from all looks so far. */
export interface TreeMemory {
  /** Below zero once nothing bears its number any more: the system gives it to a stranger then. */
  readonly leaderPid: number
  /** Null until the leader was seen. */
  readonly leaderStart: string | null
  /** The leader was seen to end, so a process of its number is another one. */
  readonly hasLeaderEnded: boolean
  /** Start marks of processes that were seen in the tree, by number. */
  readonly seen: ReadonlyMap<number, string>
}

/** A reading of the table, by all that a tree is recognised by. */
interface TableIndex {
  readonly rank: ReadonlyMap<ProcessEntry, number>
  readonly byPid: ReadonlyMap<number, ProcessEntry>
  readonly byParent: ReadonlyMap<number, readonly ProcessEntry[]>
  readonly byGroup: ReadonlyMap<number, readonly ProcessEntry[]>
  readonly bySession: ReadonlyMap<number, readonly ProcessEntry[]>
}

/** One index serves all the trees that are looked for in a reading. */
const indexes = new WeakMap<readonly ProcessEntry[], TableIndex>()

function indexOf(entries: readonly ProcessEntry[]): TableIndex {
  const known = indexes.get(entries)
  if (known !== undefined) return known
  const index = {
    rank: new Map(entries.map((entry, at) => [entry, at])),
    byPid: new Map(entries.map((entry) => [entry.pid, entry])),
    byParent: Map.groupBy(entries, ({ parentPid }) => parentPid),
    byGroup: Map.groupBy(entries, ({ groupId }) => groupId),
    bySession: Map.groupBy(entries, ({ sessionId }) => sessionId),
  }
  indexes.set(entries, index)
  return index
}

/** The children of a process, by the number of their parent alone. Pure. */
export function childrenOf(pid: number, entries: readonly ProcessEntry[]): readonly ProcessEntry[] {
  return indexOf(entries).byParent.get(pid) ?? []
}

/**
 * Which of `entries` belong to the tree: what was seen in it before, by number and start; who is in a group or session that
 * one of them led; and the descendants of all these. Pure; `entries` are not changed after the first call.
 */
export function membersOf(
  tree: TreeMemory,
  entries: readonly ProcessEntry[],
): readonly ProcessEntry[] {
  const { byPid, byGroup, bySession } = indexOf(entries)
  const isLeader = ({ pid, startMark }: ProcessEntry) =>
    pid === tree.leaderPid &&
    !tree.hasLeaderEnded &&
    (tree.leaderStart === null || tree.leaderStart === startMark)
  const members = new Set<ProcessEntry>()
  for (const number of [tree.leaderPid, ...tree.seen.keys()]) {
    const bearer = byPid.get(number)
    if (bearer !== undefined) {
      // The system gives a number to a new process only when no group or session has it either (POSIX, "Process ID Reuse").
      // So where a known number belongs to a stranger, all that bears it is the stranger's.
      if (!isLeader(bearer) && tree.seen.get(number) !== bearer.startMark) continue
      members.add(bearer)
    }
    for (const entry of byGroup.get(number) ?? []) members.add(entry)
    for (const entry of bySession.get(number) ?? []) members.add(entry)
  }
  return withDescendants(members, entries)
}

/**
 * What is certain of a tree that was remembered long ago: whom number and start name together, and nobody by the number of
 * a leader, group or session alone. Pure.
 */
export function onlyCertain(tree: TreeMemory, entries: readonly ProcessEntry[]): TreeMemory {
  const seen = new Map(
    entries
      .filter(({ pid, startMark }) => tree.seen.get(pid) === startMark)
      .map(({ pid, startMark }) => [pid, startMark]),
  )
  const isLeaderThere = tree.leaderStart !== null && seen.get(tree.leaderPid) === tree.leaderStart
  return isLeaderThere ? { ...tree, seen } : withoutLeader({ ...tree, seen })
}

/** The tree once the number of its leader is free. Pure. */
export function withoutLeader(tree: TreeMemory): TreeMemory {
  return { ...tree, leaderPid: nobody }
}

/** The processes and all that descends from them, in the order of `entries`. Pure. */
export function withDescendants(
  roots: ReadonlySet<ProcessEntry>,
  entries: readonly ProcessEntry[],
): readonly ProcessEntry[] {
  const { rank, byParent } = indexOf(entries)
  const members = new Map([...roots].map((entry) => [entry.pid, entry]))
  // A Map tells of what is added while it is walked.
  for (const parent of members.values()) {
    for (const entry of byParent.get(parent.pid) ?? []) {
      // On Windows a process keeps the number of its parent when that has ended, and somebody else may have it by then.
      if (members.has(entry.pid) || isBefore(entry, parent.startMark)) continue
      members.set(entry.pid, entry)
    }
  }
  const ranked = [...members.values()].flatMap((entry) => {
    const at = rank.get(entry)
    return at === undefined ? [] : [{ entry, at }]
  })
  return ranked.toSorted((one, other) => one.at - other.at).map(({ entry }) => entry)
}

/**
 * What is known after a look: members are added, and what is gone is forgotten once nothing bears its number any more: till
 * then its group or session goes on. Pure.
 */
export function remember(
  tree: TreeMemory,
  members: readonly ProcessEntry[],
  entries: readonly ProcessEntry[],
): TreeMemory {
  const { byPid, byGroup, bySession } = indexOf(entries)
  const isBorne = (number: number) =>
    byPid.has(number) || byGroup.has(number) || bySession.has(number)
  const seen = new Map([...tree.seen].filter(([pid]) => isBorne(pid)))
  for (const { pid, startMark } of members) seen.set(pid, startMark)
  const leaderStart = tree.leaderStart ?? seen.get(tree.leaderPid) ?? null
  const isFree = tree.hasLeaderEnded && !isBorne(tree.leaderPid)
  return isFree ? withoutLeader({ ...tree, leaderStart, seen }) : { ...tree, leaderStart, seen }
}

/** The groups that consist of members alone, so that one signal to them reaches no stranger. Pure. */
export function groupsOf(
  members: readonly ProcessEntry[],
  entries: readonly ProcessEntry[],
): readonly number[] {
  const pids = new Set(members.map(({ pid }) => pid))
  const mixed = new Set(entries.filter(({ pid }) => !pids.has(pid)).map(({ groupId }) => groupId))
  return [...new Set(members.map(({ groupId }) => groupId))].filter(
    (group) => group > 1 && !mixed.has(group),
  )
}

/** Whether a process was started before a moment; false where the system's words for moments have no order. Pure. */
export function isBefore(entry: ProcessEntry, startMark: string | null): boolean {
  if (startMark === null || !/^\d+$/.test(startMark) || !/^\d+$/.test(entry.startMark)) return false
  return BigInt(entry.startMark) < BigInt(startMark)
}
