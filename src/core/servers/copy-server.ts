import { type SecretName, secretNameSchema } from '../../shared/domain/ids.ts'
import type { ServerDefinition } from '../../shared/domain/server-definition.ts'
import { slugOf } from '../secrets/find-credentials.ts'
import { ownInputSecret } from '../secrets/input-secrets.ts'
import { renameSecretsInServer, secretNamesIn } from '../secrets/secret-references.ts'
import type { VaultHolder } from '../secrets/vault-holder.ts'

/** The longest name that a server may have. */
const maxNameLength = 100

/** A free name for a copy: `name copy`, `name copy 2` and so on; a copy of a copy counts on. Pure. */
export function copyName(
  original: Pick<ServerDefinition, 'name' | 'scope' | 'project'>,
  servers: readonly Pick<ServerDefinition, 'name' | 'scope' | 'project'>[],
): string {
  const base = original.name.replace(/ copy(?: \d+)?$/, '')
  const taken = new Set(
    servers
      .filter(({ scope, project }) => scope === original.scope && project === original.project)
      .map(({ name }) => name),
  )
  for (let count = 1; ; count += 1) {
    const ending = count === 1 ? ' copy' : ` copy ${count}`
    const name = `${base.slice(0, maxNameLength - ending.length)}${ending}`
    if (!taken.has(name)) return name
  }
}

/**
 * Gives each secret of a definition a name of its own.
 * @param used names that are not free, beside those that the vault holds.
 * @returns the definition with the new names, and each old name with its new one.
 */
export async function copySecretNames(
  server: ServerDefinition,
  used: ReadonlySet<SecretName>,
  vault: Pick<VaultHolder, 'has'>,
): Promise<{ server: ServerDefinition; names: Map<SecretName, SecretName> }> {
  const names = new Map<SecretName, SecretName>()
  const given = new Set<SecretName>()
  for (const { id, secret } of server.inputs) names.set(secret, ownInputSecret(server, id))
  for (const name of secretNamesIn(server)) {
    if (names.has(name)) continue
    const key = name.slice(name.indexOf('.') + 1).slice(0, 60)
    const base = `${slugOf(server.name).slice(0, 50) || 'server'}.${key}`
    for (let count = 1; ; count += 1) {
      const next = secretNameSchema.parse(count === 1 ? base : `${base}-${count}`)
      // What an interrupted command left in the vault must not be overwritten.
      if (used.has(next) || given.has(next) || (await vault.has(next))) continue
      given.add(next)
      names.set(name, next)
      break
    }
  }
  return { names, server: renameSecretsInServer(server, names) }
}
