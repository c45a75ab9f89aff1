import type { DefinitionPlace } from '../../shared/domain/machine.ts'
import type { ServerDefinition } from '../../shared/domain/server-definition.ts'
import { readFoundFiles } from '../clients/read-client-files.ts'
import { type KnownDefinition, knownDefinition } from './match-definition.ts'

/** For how long what the files said is taken for true, in milliseconds: they are twenty or more, and a look comes every 3 s. */
const keptMs = 15_000

/** Where definitions are. */
export interface DefinitionSources {
  readonly list: () => readonly ServerDefinition[]
  readonly homeDir: string
  readonly env: NodeJS.ProcessEnv
  readonly now: () => number
}

/** A reader of all stdio servers that this program or a client's file defines, this program's first. Files are only read. */
export function createDefinitionReader(
  sources: DefinitionSources,
): () => Promise<readonly KnownDefinition[]> {
  let files: { readonly at: number; readonly found: readonly KnownDefinition[] } | null = null
  return async () => {
    const registered = sources.list()
    if (files === null || sources.now() - files.at > keptMs) {
      files = { at: sources.now(), found: await readFiles(sources, registered) }
    }
    return [...registered.flatMap(ownDefinition), ...files.found]
  }
}

function ownDefinition(server: ServerDefinition): readonly KnownDefinition[] {
  const { transport } = server
  if (transport.type !== 'stdio') return []
  const places = server.sources.map(({ client, file, key }) => ({ name: key, client, file }))
  const own = { name: server.name, client: null, file: null }
  return [
    knownDefinition({ ...server, transport }, server.id, places.length === 0 ? [own] : places),
  ]
}

async function readFiles(
  { homeDir, env }: DefinitionSources,
  registered: readonly ServerDefinition[],
): Promise<readonly KnownDefinition[]> {
  const projects = registered.flatMap(({ project }) => (project === null ? [] : [project]))
  // What cannot be read is told by the import; here it only recognises nothing.
  const readings = await readFoundFiles({ homeDir, env, projects: [...new Set(projects)] }, [])
  return readings.flatMap(({ client, file, servers }) =>
    servers.flatMap(({ transport, ...server }) => {
      if (transport.type !== 'stdio') return []
      const place: DefinitionPlace = { name: server.source.key, client, file }
      return [knownDefinition({ ...server, transport }, null, [place])]
    }),
  )
}
