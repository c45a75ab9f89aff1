import { hasDescentTag } from '../adoption/descent-tag.ts'
import { isLeftByHost } from '../adoption/left-by-host.ts'
import { ownerVariable, parseOwnerMark, readVariable } from '../marks.ts'
import { isOwnerAlive } from '../plan-sweep.ts'
import type { ProcessEntry } from '../process-entry.ts'
import { isBefore } from '../process-tree.ts'

/**
 * Tells which processes were a host's that is gone, by what they carry: its mark or, on Linux, nothing but the descent tag,
 * where an environment was cleared before any look.
 * @param own the host's mark as it stands in environments.
 * @param line what the host came from (`hostLineOf`).
 */
export async function doomedByHost(
  table: readonly ProcessEntry[],
  own: string,
  line: ReadonlySet<number>,
): Promise<(pid: number) => boolean> {
  const start = parseOwnerMark(own)?.startMark ?? null
  const isLinux = process.platform === 'linux'
  const tagged = new Set(
    isLinux ? table.map(({ pid }) => pid).filter((pid) => hasDescentTag(pid)) : [],
  )
  const younger = new Set(table.filter((entry) => !isBefore(entry, start)).map(({ pid }) => pid))
  // Those that others run may be older: they tell that somebody else lives whom the tag may be of.
  const marks = await readVariable(
    ownerVariable,
    table.filter(({ pid }) => younger.has(pid) || tagged.has(pid)),
  )
  const owners = new Set(
    [...marks.values()].flatMap((mark) => {
      const owner = mark === own ? undefined : parseOwnerMark(mark)
      return owner !== undefined && isOwnerAlive(owner, table) ? [owner.pid] : []
    }),
  )
  const parentOf = new Map(table.map(({ pid, parentPid }) => [pid, parentPid]))
  return (pid) => {
    if (!younger.has(pid)) return false
    const mark = marks.get(pid)
    return mark === undefined ? isLeftByHost(pid, { parentOf, tagged, line, owners }) : mark === own
  }
}
