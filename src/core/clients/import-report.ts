import type { ImportedServer } from '../../shared/contract/clients.ts'
import type { ServerDefinition } from '../../shared/domain/server-definition.ts'
import { secretNamesInTransport } from '../secrets/secret-references.ts'
import type { ExtractedServer } from './extract-found.ts'
import type { PlannedServer } from './plan-import.ts'
import { statedEnvKeys, statedHeaderKeys } from './stated-keys.ts'

/** A server that was found, as the report shows it. `secretsChanged`: a value in the vault differs from the file's. */
export function reportOf(one: PlannedServer, secretsChanged: boolean): ImportedServer {
  const { server, secrets } = one.found
  const change = one.change === 'unchanged' && secretsChanged ? 'changed' : one.change
  return {
    ...reportOfTransport(server),
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
    ...reportOfTransport(server),
    name: server.name,
    scope: server.scope,
    project: server.project,
    disabled: server.sources.every((source) => source.disabled),
    sources: server.sources.map(({ client, file }) => ({ client, file })),
    change,
    secrets: [...secretNamesInTransport(server.transport)],
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

function reportOfTransport({
  transport,
  inputs,
}: Pick<ExtractedServer['server'], 'transport' | 'inputs'>) {
  const shared = { inputs: inputs.map((input) => ({ id: input.id, default: input.default })) }
  if (transport.type === 'stdio') {
    const { type, command, args, env, cwd, envFile } = transport
    const none = { url: null, headers: {}, headerKeys: [], headersHelper: null }
    return {
      ...shared,
      ...none,
      transport: type,
      command,
      args,
      env,
      envKeys: Object.keys(env),
      cwd,
      envFile,
    }
  }
  return {
    ...shared,
    transport: transport.type,
    command: null,
    args: [],
    env: {},
    envKeys: [],
    cwd: null,
    envFile: null,
    url: transport.url,
    headers: transport.headers,
    headerKeys: Object.keys(transport.headers),
    headersHelper: 'headersHelper' in transport ? transport.headersHelper : null,
  }
}
