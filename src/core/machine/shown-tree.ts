import type { ProcessRef } from '../../shared/domain/machine.ts'
import type { LivingTree } from '../processes/end-tree.ts'
import type { ProcessEntry } from '../processes/process-entry.ts'
import {
  groupsOf,
  membersOf,
  nobody,
  remember,
  type TreeMemory,
  withDescendants,
} from '../processes/process-tree.ts'
import { processKey } from './recognise-servers.ts'

/** What is known of a tree that was shown to a person, from all looks so far. */
export interface ShownTree {
  readonly memory: TreeMemory
  /** Who stood in a group or session of it before, and was not shown as a part of it; null before the first look. */
  readonly mates: ReadonlySet<string> | null
}

/** A tree of which these processes were shown. Pure. */
export function shownTree(members: readonly ProcessRef[]): ShownTree {
  const seen = new Map(members.map(({ pid, startMark }) => [pid, startMark]))
  const memory = { leaderPid: nobody, leaderStart: null, hasLeaderEnded: true, seen }
  return { memory, mates: null }
}

/**
 * What lives of the tree: what was shown, and what that has started since, wherever it went. Whoever shares a group or session
 * with it from before (`server | tee log`) is left alone, with all that descends from there. Pure.
 */
export function lookAtShown(
  { memory, mates }: ShownTree,
  table: readonly ProcessEntry[],
): { readonly members: readonly ProcessEntry[]; readonly next: ShownTree } {
  const all = membersOf(memory, table)
  const known = all.filter(({ pid, startMark }) => memory.seen.get(pid) === startMark)
  const own = new Set(withDescendants(new Set(known), table))
  const before = mates ?? new Set(all.filter((entry) => !own.has(entry)).map(processKey))
  const strangers = withDescendants(
    new Set(table.filter((entry) => before.has(processKey(entry)))),
    table,
  )
  const spared = new Set(strangers.filter((entry) => !own.has(entry)))
  const members = all.filter((entry) => !spared.has(entry))
  return { members, next: { memory: remember(memory, members, table), mates: before } }
}

/**
 * The processes of the tree, for being ended.
 * @param onSeen told of all that live at each look.
 */
export function followShown(
  members: readonly ProcessRef[],
  read: () => Promise<readonly ProcessEntry[]>,
  onSeen: (living: readonly ProcessEntry[]) => void,
): LivingTree {
  let tree = shownTree(members)
  return {
    find: async () => {
      const table = await read()
      const { members: living, next } = lookAtShown(tree, table)
      tree = next
      onSeen(living)
      return { members: living, groups: groupsOf(living, table) }
    },
  }
}
