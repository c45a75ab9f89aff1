import { AppError } from '../../shared/domain/errors.ts'
import { chooseScope } from './authorization-request.ts'
import { discover } from './discover.ts'
import { assertSameIssuer } from './server-identity.ts'
import type { SignedIn, SignInRequest, SignInServices } from './sign-in.ts'
import { signInError } from './sign-in-error.ts'
import { clientCredentialsGrant, requestTokens } from './token-request.ts'

/**
 * Gets tokens for a client that stands for itself, without a person.
 * @throws AppError `sign_in_failed`, `config_invalid` where the definition names no client.
 */
export async function signInAsClient(
  request: SignInRequest,
  { fetch, now }: SignInServices,
  signal: AbortSignal,
): Promise<SignedIn> {
  const { server, options, challenge, heldScopes, preRegistered } = request
  if (preRegistered === null || preRegistered.clientSecret === null) {
    throw new AppError('config_invalid', {
      reason: 'Client credentials need the id and the secret of a client.',
    })
  }
  const discovery = await discover(server, challenge, fetch, signal)
  const { authorizationServer, resource } = discovery
  assertSameIssuer(options, authorizationServer.issuer)
  const askedScope = chooseScope({
    stated: options.scopes,
    challenged: challenge.scope,
    named: discovery.scopes,
    held: heldScopes,
    // There is nobody who could be offline.
    supported: undefined,
  })
  const outcome = await requestTokens(
    { authorizationServer, client: preRegistered, serverUrl: server.url, fetch, now },
    clientCredentialsGrant(resource, askedScope),
    signal,
  )
  if (outcome.kind === 'refused') throw signInError('token_refused', outcome.detail)
  return { discovery, client: preRegistered, askedScope, tokens: outcome.tokens }
}
