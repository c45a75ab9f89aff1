import type { ServerDefinition } from '../../../shared/domain/server-definition.ts'
import { useServers } from '../../host/servers.ts'

/**
 * Whether another server has the name now. Names are unique per scope and folder; a new server is everywhere's.
 * @param own the server that is edited; null: a new one.
 */
export function isNameTaken(name: string, own: ServerDefinition | null): boolean {
  return [...useServers.getState().byId.values()].some(
    ({ definition }) =>
      definition.name === name &&
      definition.id !== own?.id &&
      definition.scope === (own?.scope ?? 'user') &&
      definition.project === (own?.project ?? null),
  )
}
