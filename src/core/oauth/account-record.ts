import { type AccountRecord, accountIdOf } from './account-store.ts'
import { bareUrl } from './discover.ts'
import { optionsOf, type ServerIdentity } from './server-identity.ts'
import type { SignedIn } from './sign-in.ts'

/** The account that comes of a sign-in. Pure. */
export function recordOfSignIn(
  { definition, url, address }: ServerIdentity,
  { discovery, client, askedScope, tokens }: SignedIn,
  now: number,
): AccountRecord {
  const { grant, account: label } = optionsOf(definition)
  const { authorizationServer, resource } = discovery
  const { issuer } = authorizationServer
  const { clientId } = client
  return {
    id: accountIdOf({ issuer, resource, clientId, label }),
    label,
    serverUrl: address,
    // With a secret in the server's address, there may be one in its resource's too; the vault has it.
    resource: address === bareUrl(url) ? resource : new URL(resource).origin,
    issuer,
    clientId,
    grant,
    // A server that says nothing has granted what was asked for (RFC 6749 section 5.1).
    scope: tokens.scope ?? askedScope,
    signedInAt: now,
    issuedAt: tokens.issuedAt,
    expiresAt: tokens.expiresAt,
    isRenewable: grant === 'client_credentials' || tokens.refreshToken !== null,
    problem: null,
    authorizationServer,
    askedScope,
    missingScope: null,
    renewingSince: null,
  }
}
