import type { SecretName } from '../../shared/domain/ids.ts'
import type { ServerDefinition } from '../../shared/domain/server-definition.ts'
import { secretNamesIn } from '../secrets/secret-references.ts'
import type { VaultHolder } from '../secrets/vault-holder.ts'
import { withoutStrayNames } from '../secrets/without-stray-names.ts'
import type { ServerRegistry } from '../servers/server-registry.ts'
import { type ExtractedServer, extractFound } from './extract-found.ts'
import type { MergedServer } from './merge-found.ts'
import { isCertainPlace, isSamePlace, runsSame } from './plan-import.ts'

/**
 * Takes the credentials out of all servers that were found. Each gets a name that nothing else uses, or, where the server is
 * registered from the same place already, the name that it has there.
 */
export async function extractServers(
  found: readonly MergedServer[],
  registry: Pick<ServerRegistry, 'list' | 'secretNames'>,
  vault: Pick<VaultHolder, 'has' | 'isReady'>,
): Promise<ExtractedServer[]> {
  const registered = registry.list()
  const usedBy = registry.secretNames()
  const extracted: ExtractedServer[] = []
  const extract = (server: MergedServer, own: ReadonlySet<SecretName>) =>
    withoutStrayNames(
      vault,
      (isStray) =>
        extractFound(
          server,
          (name) =>
            (usedBy.has(name) && !own.has(name)) || usesSecret(extracted, name) || isStray(name),
        ),
      // A name that the client keeps the value of is an invitation to put one there.
      (one) => one.secrets.map(({ name }) => name).filter((name) => !own.has(name)),
    )
  for (const server of found) {
    const near = registered.filter((one) =>
      one.sources.some((a) => server.sources.some((b) => isSamePlace(a, b))),
    )
    const first = await extract(server, secretsOf(near))
    const own = near.filter((one) => isCertainPlace(one, server) || runsSame(one, first.server))
    // Another server's secrets must not be overwritten.
    extracted.push(own.length === near.length ? first : await extract(server, secretsOf(own)))
  }
  return extracted
}

function secretsOf(servers: readonly ServerDefinition[]): ReadonlySet<SecretName> {
  return new Set(servers.flatMap((server) => secretNamesIn(server)))
}

function usesSecret(extracted: readonly ExtractedServer[], name: SecretName): boolean {
  return extracted.some(
    (one) => one.secrets.some((secret) => secret.name === name) || one.withoutValue.includes(name),
  )
}
