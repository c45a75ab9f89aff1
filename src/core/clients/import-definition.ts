import type { ServerDefinition } from '../../shared/domain/server-definition.ts'
import { defaultSupervision } from '../../shared/domain/supervision.ts'
import { inputSecretName, inputsOf } from '../secrets/input-secrets.ts'
import { fingerprintOf } from './extract-found.ts'
import { isSamePlace, type Place, type PlannedServer } from './plan-import.ts'

function sourcesOf(one: PlannedServer, fingerprint: string): ServerDefinition['sources'] {
  return one.found.server.sources.map((source) => ({ ...source, fingerprint }))
}

/**
 * The definition of a server that was found, under its planned name.
 * @param before the server that it becomes; a new one has no inputs yet.
 * @param paste tells this import from all others, so that pasted texts of the same label do not share their inputs.
 */
export function importedDefinition(
  one: PlannedServer,
  before: Pick<ServerDefinition, 'id' | 'inputs'>,
  enabled: boolean,
  paste: string,
): ServerDefinition {
  const { server } = one.found
  const { id } = before
  const sources = sourcesOf(one, fingerprintOf(server))
  // What was answered before is not asked again.
  const declared = server.inputs.map((input) => {
    const secret = inputSecretName(before, input.id)
    return secret === null ? input : { ...input, secret }
  })
  return {
    id,
    name: one.name,
    scope: server.scope,
    project: server.project,
    enabled: enabled && isSwitchable(server),
    transport: server.transport,
    dialect: server.dialect,
    inputs: inputsOf({ id, ...server, sources }, declared, paste),
    timeouts: server.timeouts,
    supervision: defaultSupervision,
    tools: server.tools,
    sources,
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
  paste: string,
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
  const next = importedDefinition(one, current, start && current.enabled, paste)
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
