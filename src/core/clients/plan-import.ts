import { isAbsolute } from 'node:path'
import {
  type ServerDefinition,
  type ServerSource,
  transportSchema,
} from '../../shared/domain/server-definition.ts'
import { withoutSecretNames } from '../secrets/secret-references.ts'
import type { ExtractedServer } from './extract-found.ts'
import { fingerprintOf } from './extract-found.ts'
import { transportMeaning } from './merge-found.ts'

/** What becomes of one server that was found. */
export type PlannedServer = {
  readonly found: ExtractedServer
  /** The name it gets; another one than in the file where that is taken by a different server. */
  readonly name: string
} & (
  | { readonly change: 'new' }
  | {
      readonly change: 'unchanged' | 'changed'
      readonly existing: ServerDefinition
    }
)

/**
 * Compares what was found with what is registered. A server is the same one when it stands at a place it came from
 * before (client, file, section and name there), or when it has the same name and scope and runs the same thing. A pasted
 * text is no place that is told by its name: there a server is the same one only while it runs the same thing.
 */
export function planImport(
  found: readonly ExtractedServer[],
  registered: readonly ServerDefinition[],
): PlannedServer[] {
  const matched = new Set<string>()
  const names = new Set(registered.map(nameKey))
  return found.map((one) => {
    const { server } = one
    const fingerprint = fingerprintOf(server)
    const candidates = registered.filter((candidate) => !matched.has(candidate.id))
    const existing =
      candidates.find((candidate) => standsAtPlaceOf(candidate, server)) ??
      candidates.find(
        (candidate) => nameKey(candidate) === nameKey(server) && runsSame(candidate, server),
      )
    if (existing === undefined) {
      const name = freeName(server, names)
      names.add(nameKey({ ...server, name }))
      return { found: one, name, change: 'new' }
    }
    matched.add(existing.id)
    const known = existing.sources.filter((source) => isAmong(source, server.sources))
    const same = known.length === 0 || known.some((source) => source.fingerprint === fingerprint)
    return {
      found: one,
      name: existing.name,
      existing,
      change: same ? 'unchanged' : 'changed',
    }
  })
}

/** Whether a registered server came from a place where the other one stands now. */
function standsAtPlaceOf(candidate: ServerDefinition, server: ExtractedServer['server']): boolean {
  if (isCertainPlace(candidate, server)) return true
  const isNear = candidate.sources.some((source) => isAmong(source, server.sources))
  return isNear && runsSame(candidate, server)
}

/** Whether both stand at one place of one file. Pasted texts may share a name and have nothing else in common. */
export function isCertainPlace(
  a: { readonly sources: readonly Place[] },
  b: { readonly sources: readonly Place[] },
): boolean {
  return a.sources.some((place) => isAbsolute(place.file) && isAmong(place, b.sources))
}

/** Whether both run the same thing, whatever the secrets in it are called. */
export function runsSame(
  a: Pick<ServerDefinition, 'dialect' | 'transport'>,
  b: Pick<ServerDefinition, 'dialect' | 'transport'>,
): boolean {
  return runKey(a) === runKey(b)
}

/** Registered servers that were imported from one of the files that were read, and that none of those files has any more. */
export function findGone(
  planned: readonly PlannedServer[],
  registered: readonly ServerDefinition[],
  filesRead: ReadonlySet<string>,
): ServerDefinition[] {
  const seen = new Set(planned.flatMap((one) => (one.change === 'new' ? [] : [one.existing.id])))
  return registered.filter(
    (server) =>
      !seen.has(server.id) &&
      server.sources.length > 0 &&
      server.sources.every((source) => filesRead.has(source.file)),
  )
}

/** Where a server stands in a client's file. */
export type Place = Pick<ServerSource, 'file' | 'section' | 'key'>

/** Whether both mean the same entry of the same file. */
export function isSamePlace(a: Place, b: Place): boolean {
  return a.file === b.file && a.section === b.section && a.key === b.key
}

function isAmong(place: Place, places: readonly Place[]): boolean {
  return places.some((other) => isSamePlace(other, place))
}

type Named = Pick<ServerDefinition, 'name' | 'scope' | 'project'>

/** What is run, whatever dialect says it and whatever the secrets in it are called. */
function runKey({ dialect, transport }: Pick<ServerDefinition, 'dialect' | 'transport'>): string {
  // Names without a value have become references in `env` on both sides.
  return transportMeaning({
    dialect,
    transport: transportSchema.parse(withoutSecretNames(transport)),
    envNames: [],
  })
}

function nameKey(server: Named): string {
  return JSON.stringify([server.scope, server.project, server.name])
}

function freeName(server: ExtractedServer['server'], taken: ReadonlySet<string>): string {
  if (!taken.has(nameKey(server))) return server.name
  const base = `${server.name}-${server.sources[0]?.client ?? 'import'}`
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? base : `${base}-${count}`
    if (!taken.has(nameKey({ ...server, name }))) return name
  }
}
