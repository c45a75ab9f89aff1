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

/**
 * Which of `entries` belong to the tree: what was seen in it before, by number and start; who is in a group or session that
 * one of them led; and the descendants of all these. Pure.
 */
export function membersOf(
  tree: TreeMemory,
  entries: readonly ProcessEntry[],
): readonly ProcessEntry[] {
  const present = new Map(entries.map((entry) => [entry.pid, entry]))
  // The system gives a number to a new process only when no group or session has it either (POSIX, "Process ID Reuse"). So
  // where a known number belongs to a stranger, all that bears it is the stranger's.
  const isLeader = ({ pid, startMark }: ProcessEntry) =>
    pid === tree.leaderPid &&
    !tree.hasLeaderEnded &&
    (tree.leaderStart === null || tree.leaderStart === startMark)
  const isKnown = (entry: ProcessEntry) =>
    isLeader(entry) || tree.seen.get(entry.pid) === entry.startMark
  const isOurs = (number: number) => {
    if (number !== tree.leaderPid && !tree.seen.has(number)) return false
    const bearer = present.get(number)
    return bearer === undefined || isKnown(bearer)
  }
  const members = new Set<ProcessEntry>()
  for (const entry of entries) {
    if (isKnown(entry) || isOurs(entry.groupId) || isOurs(entry.sessionId)) members.add(entry)
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
  const members = new Map([...roots].map((entry) => [entry.pid, entry]))
  for (let grown = true; grown; ) {
    grown = false
    for (const entry of entries) {
      const parent = members.get(entry.parentPid)
      // On Windows a process keeps the number of its parent when that has ended, and somebody else may have it by then.
      if (parent === undefined || isBefore(entry, parent.startMark) || members.has(entry.pid)) {
        continue
      }
      members.set(entry.pid, entry)
      grown = true
    }
  }
  return entries.filter((entry) => members.get(entry.pid) === entry)
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
  const borne = new Set(entries.flatMap(({ pid, groupId, sessionId }) => [pid, groupId, sessionId]))
  const seen = new Map([...tree.seen].filter(([pid]) => borne.has(pid)))
  for (const { pid, startMark } of members) seen.set(pid, startMark)
  const leaderStart = tree.leaderStart ?? seen.get(tree.leaderPid) ?? null
  const isFree = tree.hasLeaderEnded && !borne.has(tree.leaderPid)
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
