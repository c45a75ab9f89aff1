import { AppError } from '../../shared/domain/errors.ts'
import { type SecretName, secretNameSchema } from '../../shared/domain/ids.ts'
import { defaultOauthOptions, type OauthOptions } from '../../shared/domain/oauth.ts'
import type { ServerDefinition } from '../../shared/domain/server-definition.ts'
import type { RemoteAddress } from '../servers/resolve-launch.ts'
import type { AccountRecord, AccountStore } from './account-store.ts'
import type { OauthClient } from './oauth-client.ts'
import { signInError } from './sign-in-error.ts'

/** A remote server as one who signs in sees it. */
export interface ServerIdentity extends RemoteAddress {
  readonly definition: ServerDefinition
}

/** What a definition states about signing in. Pure. */
export function optionsOf({ oauth }: ServerDefinition): OauthOptions {
  return oauth ?? defaultOauthOptions
}

/** The name in a reference `secret://name`. Pure. */
export function nameOfReference(reference: string): SecretName {
  return secretNameSchema.parse(reference.replace('secret://', ''))
}

/** The account that a server uses, if somebody signed in. */
export function accountFor(
  store: Pick<AccountStore, 'find'>,
  { definition, address }: ServerIdentity,
): AccountRecord | undefined {
  return store.find(address, optionsOf(definition).account)
}

/**
 * Holds a client that was registered by hand to the authorization server at which it signed in first: another one that the
 * server names may be after its secret. Pure.
 * @throws AppError `sign_in_failed` with reason `issuer_changed`.
 */
export function assertSameIssuer({ clientId, issuer }: OauthOptions, found: string): void {
  if (clientId !== null && issuer !== null && issuer !== found) throw signInError('issuer_changed')
}

/**
 * The client that was registered by hand, as the definition says; null: none.
 * @throws AppError `secret_missing`, or the vault's errors.
 */
export async function preRegisteredClient(
  { clientId, clientSecret }: OauthOptions,
  readSecret: (name: SecretName) => Promise<string | null>,
): Promise<OauthClient | null> {
  if (clientId === null) return null
  const client = { clientId, authMethod: null, redirectUri: null, scope: null }
  if (clientSecret === null) return { ...client, clientSecret: null }
  const secret = await readSecret(nameOfReference(clientSecret))
  if (secret === null) throw new AppError('secret_missing', { names: [clientSecret] })
  return { ...client, clientSecret: secret }
}
