import type { ImportedServer, ImportKey, ImportReport } from '../../../shared/contract/clients.ts'
import type { ImportProblem } from '../../../shared/domain/import.ts'
import type { ClientFormat } from '../../../shared/domain/server-definition.ts'
import { clientNames } from '../servers/client-names.ts'

/** A file that was read. */
export interface ReadFile {
  readonly client: ClientFormat
  readonly file: string
  readonly servers: number
}

/** Whose a file is, in words: the client and, where its servers are a folder's, the folder. Pure. */
export interface FilePlace {
  readonly client: string
  /** Null: a person's own. */
  readonly folder: string | null
}

/** Names a file's client and folder. The folder comes from the servers in it; `.mcp.json` is a folder's in any case. Pure. */
export function placeOfFile(
  { client, file }: Pick<ReadFile, 'client' | 'file'>,
  servers: readonly Pick<ImportedServer, 'project' | 'scope' | 'sources'>[],
): FilePlace {
  // Claude Code made the format of `.mcp.json`, and is what people know it from.
  const name = clientNames[client === 'mcp-json' ? 'claude-json' : client]
  const own = servers.filter((server) => server.sources.some((source) => source.file === file))
  const isProject =
    client === 'mcp-json' ||
    (client !== 'claude-json' && own.length > 0 && own.every(({ scope }) => scope === 'project'))
  if (!isProject) return { client: name, folder: null }
  const project = own.find((server) => server.project !== null)?.project
  return { client: name, folder: lastPart(project ?? file.replace(/[\\/][^\\/]*$/, '')) }
}

/** Names the client of a server's file and its folder, also where that file is a person's own and has the folder within. Pure. */
export function placeOfServer(
  source: Pick<ReadFile, 'client' | 'file'>,
  server: Pick<ImportedServer, 'project' | 'scope' | 'sources'>,
): FilePlace {
  const { client, folder } = placeOfFile(source, [server])
  return { client, folder: folder ?? (server.project === null ? null : lastPart(server.project)) }
}

/** One text for a server's name, scope and folder. Pure. */
export function keyOf({ name, scope, project }: ImportKey): string {
  return JSON.stringify([name, scope, project])
}

/** Whether an import would do something with it. */
export function isImportable(server: Pick<ImportedServer, 'change'>): boolean {
  return server.change === 'new' || server.change === 'changed'
}

/** Whether something stands against running it. */
export function hasWarning(server: ImportedServer): boolean {
  return server.warning !== null || server.transport === 'ws' || server.transport === 'unknown'
}

/** How many entries of the files were copies of another one. Pure. */
export function mergedCount(report: ImportReport): number {
  const entries = report.files.reduce((sum, { servers }) => sum + servers, 0)
  return Math.max(0, entries - report.servers.length)
}

/** Problems of one answer that the answer before did not have. Pure. */
export function newProblems(
  before: readonly ImportProblem[],
  after: readonly ImportProblem[],
): readonly ImportProblem[] {
  const known = new Set(before.map(textOf))
  return after.filter((problem) => !known.has(textOf(problem)))
}

function textOf({ file, line, column, message }: ImportProblem): string {
  return JSON.stringify([file, line, column, message])
}

function lastPart(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? path
}
