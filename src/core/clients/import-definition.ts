import type { ServerId } from '../../shared/domain/ids.ts'
import type { ServerDefinition } from '../../shared/domain/server-definition.ts'
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
    enabled: enabled && isRunnable(server.transport.type),
    transport: server.transport,
    dialect: server.dialect,
    inputs: [...server.inputs],
    timeouts: server.timeouts,
    tools: server.tools,
    sources: sourcesOf(one, fingerprintOf(server)),
  }
}

/**
 * The definition after this import: new places are added; a changed file's version is taken over, but never over a
 * person's own edit.
 * @param places where all servers of this import stand.
 */
export function updatedDefinition(
  one: Extract<PlannedServer, { change: 'unchanged' | 'changed' }>,
  start: boolean,
  places: readonly Place[],
): ServerDefinition {
  const { existing, found } = one
  const fresh = sourcesOf(one, fingerprintOf(found.server))
  // A place that another server of this import has now is no longer one of this server's.
  const kept = existing.sources.filter(
    (source) => !places.some((place) => isSamePlace(source, place)),
  )
  const sources = [...fresh, ...kept]
  if (one.change === 'unchanged' || one.editedHere) {
    return {
      ...existing,
      sources,
      enabled: existing.enabled || (start && isRunnable(existing.transport.type)),
    }
  }
  const next = importedDefinition(one, existing.id, start)
  // Approved once and changed later is not approved (CVE-2025-54136): the switch goes off until a person looked at it.
  return { ...next, sources }
}

function isRunnable(type: ServerDefinition['transport']['type']): boolean {
  return type !== 'ws' && type !== 'unknown'
}
