import type { ServerId } from '../../shared/domain/ids.ts'
import type { ServerDefinition } from '../../shared/domain/server-definition.ts'
import { defaultSupervision } from '../../shared/domain/supervision.ts'
import { fingerprintOf } from './extract-found.ts'
import { isSamePlace, type Place, type PlannedServer } from './plan-import.ts'

function sourcesOf(one: PlannedServer, fingerprint: string): ServerDefinition['sources'] {
  return one.found.server.sources.map((source) => ({ ...source, fingerprint }))
}

/** The definition of a server that was found, under its planned name. */
export function importedDefinition(
  one: PlannedServer,
  id: ServerId,
  enabled: boolean,
): ServerDefinition {
  const { server } = one.found
  return {
    id,
    name: one.name,
    scope: server.scope,
    project: server.project,
    enabled: enabled && isSwitchable(server),
    transport: server.transport,
    dialect: server.dialect,
    inputs: [...server.inputs],
    timeouts: server.timeouts,
    supervision: defaultSupervision,
    tools: server.tools,
    sources: sourcesOf(one, fingerprintOf(server)),
    editedHere: false,
  }
}

/**
 * The definition after this import: new places are added; a changed file's version is taken over, but never over a
 * person's own edit.
 * @param current the definition as it is now, which may be newer than the one that the import was planned with.
 * @param places where all servers of this import stand.
 */
export function updatedDefinition(
  one: Extract<PlannedServer, { change: 'unchanged' | 'changed' }>,
  current: ServerDefinition,
  start: boolean,
  places: readonly Place[],
): ServerDefinition {
  const fresh = sourcesOf(one, fingerprintOf(one.found.server))
  // A place that another server of this import has now is no longer one of this server's.
  const kept = current.sources.filter(
    (source) => !places.some((place) => isSamePlace(source, place)),
  )
  const sources = [...fresh, ...kept]
  if (one.change === 'unchanged' || current.editedHere) return { ...current, sources }
  // Approved once and changed later is not approved (CVE-2025-54136): the switch goes off until a person looked at it,
  // or says with `start` that they take it as it is. What was off stays off.
  const next = importedDefinition(one, current.id, start && current.enabled)
  // What a person stated about signing in is for that address, and its secret goes to no other one.
  const isSameAddress = addressOf(next) === addressOf(current)
  const oauth = isSameAddress && current.oauth !== undefined ? { oauth: current.oauth } : {}
  // No client's file says how a server is kept up here.
  return { ...next, ...oauth, name: current.name, supervision: current.supervision, sources }
}

function addressOf({ transport }: ServerDefinition): string | null {
  return transport.type === 'stdio' ? null : transport.url
}

/** Whether `start` may switch a server on: one that can run, and that is not switched off in every client that has it. */
export function isSwitchable(server: PlannedServer['found']['server']): boolean {
  const { type } = server.transport
  return type !== 'ws' && type !== 'unknown' && !server.sources.every((source) => source.disabled)
}
