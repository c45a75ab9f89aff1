import type { GoneServer, ImportedServer } from '../../shared/contract/clients.ts'
import type { ErrorInfo } from '../../shared/domain/errors.ts'
import type { SecretName } from '../../shared/domain/ids.ts'
import type {
  ServerDefinition,
  ServerSource,
  Transport,
} from '../../shared/domain/server-definition.ts'
import { credentialPlaceText } from '../secrets/credential-place-text.ts'
import { mapTransportTexts } from '../secrets/map-transport-texts.ts'
import { maskedHint } from '../secrets/masked-hint.ts'
import { secretNamesInText } from '../secrets/secret-references.ts'
import type { ExtractedServer } from './extract-found.ts'
import type { PlannedServer } from './plan-import.ts'
import { statedEnvKeys, statedHeaderKeys } from './stated-keys.ts'

/**
 * A server that was found, as the report shows it.
 * @param digest tells whether it is still what this report shows.
 * @param secretsChanged a value in the vault differs from the file's.
 * @param warning what would keep it from running.
 */
export function reportOf(
  one: PlannedServer,
  digest: string,
  secretsChanged: boolean,
  warning: ErrorInfo | null,
): ImportedServer {
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
    sources: shownSources(server.sources),
    change,
    secrets: secrets.map(({ name, place, value, sources }) => ({
      name,
      place,
      masked: maskedHint(value),
      sources: shownSources(sources),
    })),
    warning,
    digest,
  }
}

/** A server that is registered, as the report shows it. */
export function reportOfDefinition(
  server: ServerDefinition,
  change: ImportedServer['change'],
): GoneServer {
  return {
    ...reportOfTransport(server),
    name: server.name,
    scope: server.scope,
    project: server.project,
    disabled: server.sources.every((source) => source.disabled),
    sources: shownSources(server.sources),
    change,
    // Its file no longer has it, so no value is at hand and none stands in plain text.
    secrets: secretsIn(server.transport),
    warning: null,
  }
}

function shownSources(
  sources: readonly Pick<ServerSource, 'client' | 'file'>[],
): ImportedServer['sources'] {
  return sources.map(({ client, file }) => ({ client, file }))
}

function secretsIn(transport: Transport): ImportedServer['secrets'] {
  const places = new Map<SecretName, string>()
  mapTransportTexts(transport, (place, text) => {
    for (const name of secretNamesInText(text)) {
      if (!places.has(name)) places.set(name, credentialPlaceText(place))
    }
    return text
  })
  return [...places].map(([name, place]) => ({ name, place, masked: maskedHint(''), sources: [] }))
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
