import { createHash, randomBytes } from 'node:crypto'
import { computeScopeUnion } from '@modelcontextprotocol/client'
import type { AuthorizationServer } from './authorization-server.ts'
import { endpointOf } from './authorization-server.ts'
import { signInError } from './sign-in-error.ts'

/** What is sent to the authorization endpoint, by the person's browser. */
export interface AuthorizationRequest {
  readonly authorizationServer: AuthorizationServer
  readonly clientId: string
  readonly redirectUri: string
  readonly resource: string
  readonly scope: string | null
  readonly state: string
  readonly codeVerifier: string
}

/** A random text that nobody can guess, of characters that a URL takes. */
export function randomText(): string {
  return randomBytes(32).toString('base64url')
}

/**
 * The address at which the person signs in: authorization code with PKCE (RFC 7636), and the resource that the token is for
 * (RFC 8707).
 * @throws AppError `sign_in_failed`: `no_pkce` where the server does not state S256, as the specification asks of clients,
 * `bad_metadata`, `insecure_address`.
 */
export function authorizationUrl(request: AuthorizationRequest, serverUrl: URL): URL {
  const { authorizationServer, scope } = request
  if (authorizationServer.code_challenge_methods_supported?.includes('S256') !== true) {
    throw signInError('no_pkce')
  }
  const url = endpointOf(authorizationServer.authorization_endpoint, serverUrl)
  const fields = {
    response_type: 'code',
    client_id: request.clientId,
    redirect_uri: request.redirectUri,
    state: request.state,
    code_challenge: createHash('sha256').update(request.codeVerifier).digest('base64url'),
    code_challenge_method: 'S256',
    resource: request.resource,
    ...(scope !== null && { scope }),
    // OpenID Connect gives no refresh token without it (Core section 11).
    ...(scope?.split(' ').includes('offline_access') === true && { prompt: 'consent' }),
  }
  for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value)
  return url
}

/** Where scopes can come from. */
export interface ScopeSources {
  /** Stated by a person. */
  readonly stated: readonly string[] | null
  /** Named by the server's refusal. */
  readonly challenged: string | null
  /** Named by the resource's metadata. */
  readonly named: readonly string[] | null
  /** Asked for before, or granted: what a further sign-in must not lose. */
  readonly held: readonly (string | null)[]
  /** That the authorization server knows. */
  readonly supported: readonly string[] | undefined
}

/**
 * The scopes to ask for: those that a person states, else the refusal's, else the resource's, with those that are held; and
 * `offline_access` where the server knows it, so that nobody has to sign in twice a day. Null: whatever the server gives. Pure.
 */
export function chooseScope(sources: ScopeSources): string | null {
  const { stated, challenged, named, held, supported } = sources
  const wanted = stated?.join(' ') ?? challenged ?? named?.join(' ')
  // A person's choice stands, but what the server has asked for since is asked for too.
  const union = computeScopeUnion(wanted, ...held.map((scope) => scope ?? undefined))
  if (union === undefined) return null
  const offline = supported?.includes('offline_access') === true ? 'offline_access' : undefined
  return computeScopeUnion(union, offline) ?? null
}
