import type { ServerId } from '../../../shared/domain/ids.ts'
import { isMeant, type LifecycleCommand } from '../../../shared/domain/lifecycle-choices.ts'
import { useServers } from '../../host/servers.ts'

/** The servers that a command for all of them means, as they are now. */
export function idsFor(type: LifecycleCommand): readonly ServerId[] {
  return [...useServers.getState().byId.values()]
    .filter((server) => isMeant(server, type))
    .map((server) => server.definition.id)
}
