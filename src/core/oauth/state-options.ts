import type { OauthPatch } from '../../shared/contract/accounts.ts'
import { AppError } from '../../shared/domain/errors.ts'
import { type SecretName, type ServerId, secretNameSchema } from '../../shared/domain/ids.ts'
import type { SecretVault } from '../secrets/secret-vault.ts'
import type { ServerRegistry } from '../servers/server-registry.ts'
import { nameOfReference, optionsOf } from './server-identity.ts'

/**
 * States how to sign in to a server: keeps the client's secret in the vault, and a reference to it in the definition.
 * @throws AppError `not_found`, `invalid_input`, or the vault's errors.
 */
export async function stateOauthOptions(
  { registry, vault }: { registry: ServerRegistry; vault: Pick<SecretVault, 'set' | 'delete'> },
  id: ServerId,
  { clientSecretValue: secret, ...patch }: OauthPatch,
): Promise<void> {
  const before = optionsOf(registry.get(id))
  const name = secretNameOf(id)
  if (secret !== undefined && secret !== '') {
    if ((patch.clientId ?? before.clientId) === null) {
      throw new AppError('invalid_input', { reason: 'A client secret needs the id of its client.' })
    }
    await vault.set(name, secret)
  }
  await registry.change(id, (server) => {
    const now = optionsOf(server)
    const clientId = patch.clientId === undefined ? now.clientId : patch.clientId
    const isDropped = secret === '' || clientId === null
    const reference = secret === undefined ? now.clientSecret : `secret://${name}`
    return {
      ...server,
      oauth: {
        grant: patch.grant ?? now.grant,
        clientId,
        clientSecret: isDropped ? null : reference,
        // Who states a client anew may mean another authorization server.
        issuer: patch.clientId === undefined && secret === undefined ? now.issuer : null,
        callbackPort: patch.callbackPort === undefined ? now.callbackPort : patch.callbackPort,
        scopes: patch.scopes === undefined ? now.scopes : patch.scopes,
        account: patch.account ?? now.account,
      },
    }
  })
  // A server that was copied has its secret under another name until it is given anew.
  const after = optionsOf(registry.get(id)).clientSecret
  if (before.clientSecret !== null && before.clientSecret !== after) {
    await vault.delete(nameOfReference(before.clientSecret))
  }
}

function secretNameOf(id: ServerId): SecretName {
  return secretNameSchema.parse(`oauth.secret.${id}`)
}
