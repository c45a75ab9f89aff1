import type { ServerId } from '../../shared/domain/ids.ts'
import type { ServerSupervisor } from '../servers/server-supervisor.ts'
import { lookAtTrees } from './look-at-trees.ts'
import { ResourceSampler, type SamplerServices } from './resource-sampler.ts'

/** Measures the servers of a supervisor for as long as they have processes. */
export function measureServers(
  supervisor: ServerSupervisor,
  services: Omit<SamplerServices, 'look'>,
): ResourceSampler {
  const leaders = new Map<ServerId, number>()
  const sampler = new ResourceSampler({ ...services, look: () => lookAtTrees(leaders) })
  supervisor.onDidChange((event) => {
    if (event.type === 'removed') {
      leaders.delete(event.id)
      sampler.forget(event.id)
    } else {
      const { definition, state } = event.server
      const pid = 'pid' in state ? state.pid : null
      // While it stops its processes are still there, and still its own.
      if (pid !== null) leaders.set(definition.id, pid)
      else if (state.phase !== 'stopping') leaders.delete(definition.id)
    }
    sampler.setHasServers(leaders.size > 0)
  })
  return sampler
}
