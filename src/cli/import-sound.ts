import type {
  ChosenServer,
  ImportedServer,
  ImportKey,
  ImportReport,
} from '../shared/contract/clients.ts'
import type { HostClient } from '../shared/contract/contract.ts'
import { damagedFiles, isFromDamaged } from '../shared/domain/damaged-files.ts'

/** What an import is asked for, but for the choice of servers. */
export type ImportRequest = Omit<Parameters<HostClient['clients']['import']>[0], 'only'>

/** A server that was not taken over, and the damaged file it stands in. */
export interface LeftServer extends ImportKey {
  readonly file: string
  /** Where the syntax of that file breaks first; null where that is not known. */
  readonly line: number | null
  readonly column: number | null
}

/** An import of what is sound. */
export interface SoundImport {
  /** Of the servers that are taken. */
  readonly report: ImportReport
  readonly left: readonly LeftServer[]
}

/** Imports, but leaves out what is new or changed in damaged files alone: read out of what is left of them, it may lack something. */
export async function importSound(
  client: HostClient,
  request: ImportRequest,
): Promise<SoundImport> {
  const all = await client.clients.import({ ...request, dryRun: true, only: null })
  const damaged = damagedFiles(all.files)
  const isLeft = (server: ImportedServer) =>
    (server.change === 'new' || server.change === 'changed') && isFromDamaged(server, damaged)
  const only = all.servers.filter((server) => !isLeft(server)).map(orderOf)
  return {
    report: await client.clients.import({ ...request, only }),
    left: all.servers.filter(isLeft).map((server) => leftServer(server, all)),
  }
}

function orderOf({ name, scope, project, digest }: ImportedServer): ChosenServer {
  return { name, scope, project, digest }
}

function leftServer(
  { name, scope, project, sources }: ImportedServer,
  { problems }: ImportReport,
): LeftServer {
  const file = sources[0]?.file ?? ''
  const fault = problems.find(
    (one) => one.file === file && one.severity === 'error' && one.line !== null,
  )
  return { name, scope, project, file, line: fault?.line ?? null, column: fault?.column ?? null }
}
