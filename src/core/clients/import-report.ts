import type { ImportedServer } from '../../shared/contract/clients.ts'
import type { ServerDefinition } from '../../shared/domain/server-definition.ts'
import { type ExtractedServer, secretNamesIn } from './extract-found.ts'
import type { PlannedServer } from './plan-import.ts'
import { statedEnvKeys, statedHeaderKeys } from './stated-keys.ts'

/** A server that was found, as the report shows it. `secretsChanged`: a value in the vault differs from the file's. */
export function reportOf(one: PlannedServer, secretsChanged: boolean): ImportedServer {
  const { server, secrets } = one.found
  const change = one.change === 'unchanged' && secretsChanged ? 'changed' : one.change
  return {
    ...reportOfTransport(server.transport),
    envKeys: namesIn(server, statedEnvKeys),
    headerKeys: namesIn(server, statedHeaderKeys),
    name: one.name,
    scope: server.scope,
    project: server.project,
    disabled: server.sources.every((source) => source.disabled),
    sources: server.sources.map(({ client, file }) => ({ client, file })),
    change,
    secrets: secrets.map((secret) => secret.name),
  }
}

/** A server that is registered, as the report shows it. */
export function reportOfDefinition(
  server: ServerDefinition,
  change: ImportedServer['change'],
): ImportedServer {
  return {
    ...reportOfTransport(server.transport),
    name: server.name,
    scope: server.scope,
    project: server.project,
    disabled: server.sources.every((source) => source.disabled),
    sources: server.sources.map(({ client, file }) => ({ client, file })),
    change,
    secrets: [...secretNamesIn(server.transport)],
  }
}

/** The names that any of the server's places states. */
function namesIn(
  server: ExtractedServer['server'],
  read: (entry: Parameters<typeof statedEnvKeys>[0]) => string[],
): string[] {
  const { transport, envNames } = server
  const names = server.sources.flatMap(({ extra }) => read({ transport, envNames, extra }))
  return [...new Set(names)].toSorted()
}

function reportOfTransport(transport: ServerDefinition['transport']) {
  return transport.type === 'stdio'
    ? {
        transport: transport.type,
        command: transport.command,
        args: transport.args,
        envKeys: Object.keys(transport.env),
        cwd: transport.cwd,
        url: null,
        headerKeys: [],
      }
    : {
        transport: transport.type,
        command: null,
        args: [],
        envKeys: [],
        cwd: null,
        url: transport.url,
        headerKeys: Object.keys(transport.headers),
      }
}
