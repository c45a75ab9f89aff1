import type { ServerId } from '../../../shared/domain/ids.ts'
import type { ServerView } from '../../../shared/domain/server-view.ts'
import { useServers } from '../../host/servers.ts'
import { lifecycleChoices } from './lifecycle-choices.ts'
import type { LifecycleCommand } from './server-actions.ts'

/** The servers that a command for all of them means, as they are now. */
export function idsFor(type: LifecycleCommand): readonly ServerId[] {
  return [...useServers.getState().byId.values()]
    .filter((server) => isMeant(server, type))
    .map((server) => server.definition.id)
}

/** Whether a command for all servers means this one: what cannot be run at all is not started with all others. Pure. */
export function isMeant({ state, definition }: ServerView, type: LifecycleCommand): boolean {
  if (type === 'start' && ['ws', 'unknown'].includes(definition.transport.type)) return false
  return lifecycleChoices(state)[type]
}
