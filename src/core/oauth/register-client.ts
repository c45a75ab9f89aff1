import * as z from 'zod'
import { type AuthorizationServer, endpointOf } from './authorization-server.ts'
import type { GuardedFetch } from './guarded-fetch.ts'
import type { OauthClient } from './oauth-client.ts'
import { parseJson } from './parse-json.ts'
import { signInError } from './sign-in-error.ts'
import { errorDetail } from './token-request.ts'

const registeredSchema = z.object({
  // It is kept, shown, and a part of an address.
  client_id: z.string().min(1).max(2_048),
  client_secret: z.string().max(16_384).nullish(),
  token_endpoint_auth_method: z.string().max(64).nullish(),
})

/** What the registration says of this program. */
export interface Registration {
  readonly redirectUri: string
  readonly scope: string | null
}

/**
 * Registers this program with an authorization server (RFC 7591), as a native application with a public client.
 * @throws AppError `sign_in_failed`: `registration_refused`, or those of the fetch.
 */
export async function registerClient(
  authorizationServer: AuthorizationServer,
  { redirectUri, scope }: Registration,
  serverUrl: URL,
  fetch: GuardedFetch,
  signal: AbortSignal,
): Promise<OauthClient> {
  const { registration_endpoint: endpoint, token_endpoint_auth_methods_supported: methods } =
    authorizationServer
  const isPublic = methods === undefined || methods.includes('none')
  const response = await fetch(
    endpointOf(endpoint, serverUrl),
    {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({
        client_name: 'MCP Manager',
        application_type: 'native',
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        ...(isPublic && { token_endpoint_auth_method: 'none' }),
        ...(scope !== null && { scope }),
      }),
    },
    signal,
  )
  const body = parseJson(response.text)
  const registered = registeredSchema.safeParse(body)
  if (response.status >= 300 || !registered.success) {
    throw signInError('registration_refused', errorDetail(body, response.status))
  }
  return {
    clientId: registered.data.client_id,
    clientSecret: registered.data.client_secret || null,
    authMethod: registered.data.token_endpoint_auth_method ?? null,
    redirectUri,
    scope,
  }
}
