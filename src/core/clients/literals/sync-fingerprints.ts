import type { FoundServer } from '../../../shared/domain/import.ts'
import type { ServerSource } from '../../../shared/domain/server-definition.ts'
import type { ServerRegistry } from '../../servers/server-registry.ts'
import { extractFound, fingerprintOf } from '../extract-found.ts'
import { mergeFound } from '../merge-found.ts'
import { isSamePlace } from '../plan-import.ts'

/**
 * Notes in the definitions that a file was edited by this program: the next import takes its references for no change, so
 * that the definitions keep theirs. A definition that the file had moved on from before stays as it is.
 * @param before what was read of the file before it was edited.
 * @param after what is read of it now.
 */
export async function syncFingerprints(
  registry: Pick<ServerRegistry, 'list' | 'change'>,
  before: readonly FoundServer[],
  after: readonly FoundServer[],
): Promise<void> {
  const old = fingerprintsOf(before)
  const fresh = fingerprintsOf(after)
  const synced = (source: ServerSource): ServerSource => {
    const isAt = ({ place }: Fingerprint) => isSamePlace(place, source)
    const now = fresh.find(isAt)
    const isCurrent = old.find(isAt)?.fingerprint === source.fingerprint
    return now === undefined || !isCurrent ? source : { ...source, fingerprint: now.fingerprint }
  }
  for (const { id, sources } of registry.list()) {
    const isConcerned = sources.some((one) => synced(one).fingerprint !== one.fingerprint)
    if (!isConcerned) continue
    await registry.change(id, (server) => ({ ...server, sources: server.sources.map(synced) }))
  }
}

interface Fingerprint {
  readonly place: FoundServer['source']
  readonly fingerprint: string
}

function fingerprintsOf(found: readonly FoundServer[]): Fingerprint[] {
  return mergeFound(found).flatMap((merged) => {
    const { server } = extractFound(merged, () => false)
    return server.sources.map((place) => ({ place, fingerprint: fingerprintOf(server) }))
  })
}
