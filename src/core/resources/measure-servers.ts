import type { ServerId } from '../../shared/domain/ids.ts'
import type { ProcessEntry } from '../processes/process-entry.ts'
import { childrenOf } from '../processes/process-tree.ts'
import type { TreeLook } from '../processes/tree-watch.ts'
import type { ServerSupervisor } from '../servers/server-supervisor.ts'
import { type MemberLook, ResourceSampler, type SamplerServices } from './resource-sampler.ts'

/** Measures the servers of a supervisor whenever their trees are looked at. */
export function measureServers(
  supervisor: ServerSupervisor,
  services: SamplerServices & {
    readonly onDidLook: (listener: (look: TreeLook) => void) => void
  },
): ResourceSampler {
  // A draft that is tested may bear the id of the server that it is of: only its own tree is the server's.
  const leaders = new Map<ServerId, number>()
  const sampler = new ResourceSampler(services)
  services.onDidLook((look) => sampler.take(membersOfServers(look, leaders, process.pid)))
  supervisor.onDidChange((event) => {
    if (event.type === 'removed') {
      leaders.delete(event.id)
      sampler.forget(event.id)
      return
    }
    const { definition, state } = event.server
    const pid = 'pid' in state ? state.pid : null
    // While it stops its processes are still there, and still its own.
    if (pid !== null) leaders.set(definition.id, pid)
    else if (state.phase !== 'stopping') leaders.delete(definition.id)
  })
  return sampler
}

/**
 * The processes of each server, and those of this program itself: all below it that are of no server. Pure.
 * @param leaders the process that was spawned for each server.
 */
export function membersOfServers(
  { at, trees, table }: TreeLook,
  leaders: ReadonlyMap<ServerId, number>,
  ownPid: number,
): MemberLook {
  const ofServers = new Map(
    trees
      .filter((tree) => tree.members.length > 0 && leaders.get(tree.serverId) === tree.leaderPid)
      .map((tree) => [tree.serverId, tree.members]),
  )
  const inTrees = new Set(trees.flatMap(({ members }) => members.map(({ pid }) => pid)))
  const own = table.filter(({ pid }) => pid === ownPid)
  for (const { pid } of own) {
    own.push(...childrenOf(pid, table).filter((entry) => !inTrees.has(entry.pid)))
  }
  return { at, ofServers, own: own.map((entry) => withoutServers(entry, ownPid)) }
}

/** What this program has collected of ended processes is mostly what its servers took. */
function withoutServers(entry: ProcessEntry, ownPid: number): ProcessEntry {
  return entry.pid === ownPid ? { ...entry, endedChildrenCpuMs: 0 } : entry
}
