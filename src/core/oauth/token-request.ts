import { selectClientAuthMethod } from '@modelcontextprotocol/client'
import * as z from 'zod'
import type { ErrorData } from '../../shared/domain/errors.ts'
import { type AuthorizationServer, endpointOf } from './authorization-server.ts'
import { clientAssertion, isPrivateKey } from './client-assertion.ts'
import type { GuardedFetch } from './guarded-fetch.ts'
import type { OauthClient } from './oauth-client.ts'
import { parseJson } from './parse-json.ts'
import { signInError } from './sign-in-error.ts'

/** The tokens of an account, as the vault keeps them. */
export const tokensSchema = z.object({
  accessToken: z.string(),
  refreshToken: z.string().nullable(),
  scope: z.string().nullable(),
  /** Milliseconds since the Unix epoch. */
  issuedAt: z.number(),
  expiresAt: z.number().nullable(),
})
export type Tokens = z.infer<typeof tokensSchema>

/** Who asks whom. */
export interface TokenParties {
  readonly authorizationServer: AuthorizationServer
  readonly client: OauthClient
  readonly serverUrl: URL
  readonly fetch: GuardedFetch
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
}

/** What became of a request for tokens: `refused` by the server's decision, with its code; all else is thrown. */
export type TokenOutcome =
  | { readonly kind: 'issued'; readonly tokens: Tokens }
  | { readonly kind: 'refused'; readonly error: string; readonly detail: ErrorData }

/** Longest text of an answer that is kept, in UTF-16 units: no server takes a longer token in a header. */
const maxTextLength = 64 * 1024
/** Ten years. The end of a longer life is no date any more, beyond some point: it cannot be shown. */
const maxLifeSeconds = 10 * 365 * 24 * 3_600

const issuedSchema = z.object({
  // What RFC 6749 lets it be (appendix A.12), less the space, which no token has and every sentence.
  access_token: z
    .string()
    .regex(/^[!-~]+$/)
    .max(maxTextLength),
  token_type: z.string().regex(/^bearer$/i),
  // A life that is none is as good as unsaid, as null and an empty text are: to refuse the answer would lose the refresh
  // token that it brings, and 0 would have each request renew.
  expires_in: z
    .union([z.number(), z.string().regex(/^\d+(?:\.\d+)?$/)])
    .transform((seconds) => Math.min(Number(seconds), maxLifeSeconds))
    .refine((seconds) => seconds > 0)
    .nullish()
    .catch(null),
  refresh_token: z.string().max(maxTextLength).nullish(),
  scope: z.string().max(maxTextLength).nullish(),
})
const errorSchema = z.object({ error: z.string().regex(/^[\w-]{1,64}$/) })

/**
 * Asks the token endpoint. What a server answers beside the codes of the specification never reaches an error: it may hold a
 * token.
 * @throws AppError `sign_in_failed` where there was no answer that decides: those of the fetch, or `token_refused` with
 * `status` for a server that is out of order or answers with something that is no token.
 */
export async function requestTokens(
  parties: TokenParties,
  grant: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<TokenOutcome> {
  const { authorizationServer, serverUrl, fetch, now } = parties
  const url = endpointOf(authorizationServer.token_endpoint, serverUrl)
  const issuedAt = now()
  const response = await fetch(url, { method: 'POST', ...formOf(parties, grant) }, signal)
  const body = parseJson(response.text)
  const { status } = response
  const failure = errorSchema.safeParse(body)
  if (status === 429 || status >= 500) throw signInError('token_refused', { status })
  if (failure.success) {
    const { error } = failure.data
    return { kind: 'refused', error, detail: errorDetail(body, status) }
  }
  const issued = issuedSchema.safeParse(body)
  if (status >= 300 || !issued.success) throw signInError('token_refused', { status })
  const { access_token, expires_in, refresh_token, scope } = issued.data
  return {
    kind: 'issued',
    tokens: {
      accessToken: access_token,
      refreshToken: refresh_token || null,
      scope: scope || null,
      issuedAt,
      expiresAt: typeof expires_in === 'number' ? issuedAt + expires_in * 1000 : null,
    },
  }
}

/**
 * Has a token revoked (RFC 7009). Answers whether the server did: false where it has no such endpoint or refused.
 * @throws those of the fetch.
 */
export async function revokeToken(
  parties: TokenParties,
  token: string,
  hint: 'refresh_token' | 'access_token',
  signal: AbortSignal,
): Promise<boolean> {
  const { authorizationServer, serverUrl, fetch } = parties
  if (authorizationServer.revocation_endpoint === undefined) return false
  const url = endpointOf(authorizationServer.revocation_endpoint, serverUrl)
  const form = formOf(parties, { token, token_type_hint: hint })
  const { status } = await fetch(url, { method: 'POST', ...form }, signal)
  return status === 200
}

/** The request of a client that stands for itself (RFC 6749 section 4.4). Pure. */
export function clientCredentialsGrant(
  resource: string,
  scope: string | null,
): Record<string, string> {
  return { grant_type: 'client_credentials', resource, ...(scope !== null && { scope }) }
}

/** What of a refusal may be shown: the code and the status, never the server's free text. Pure. */
export function errorDetail(body: unknown, status: number): ErrorData {
  const parsed = errorSchema.safeParse(body)
  return { detail: parsed.success ? parsed.data.error : `HTTP ${status}`, status }
}

/**
 * A request's form, with who asks: signed where the secret is a private key, which itself is sent to nobody; else by the method
 * that both sides know, the secret in the header rather than in the body.
 */
function formOf(
  { authorizationServer, client, now }: TokenParties,
  fields: Readonly<Record<string, string>>,
): { headers: Record<string, string>; body: string } {
  const { clientId, clientSecret, authMethod } = client
  const form = new URLSearchParams(fields)
  const headers: Record<string, string> = {
    'content-type': 'application/x-www-form-urlencoded',
    accept: 'application/json',
  }
  if (clientSecret !== null && isPrivateKey(clientSecret)) {
    const audience = authorizationServer.issuer
    const parties = { clientId, privateKey: clientSecret, audience, now: now() }
    form.set('client_id', clientId)
    form.set('client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
    form.set('client_assertion', clientAssertion(parties))
    return { headers, body: form.toString() }
  }
  const method = selectClientAuthMethod(
    {
      client_id: clientId,
      ...(clientSecret !== null && { client_secret: clientSecret }),
      ...(authMethod !== null && { token_endpoint_auth_method: authMethod }),
    },
    authorizationServer.token_endpoint_auth_methods_supported ?? [],
  )
  if (method === 'client_secret_basic' && clientSecret !== null) {
    // Encoded as a form's value before it is joined (RFC 6749 section 2.3.1).
    const pair = `${formEncoded(clientId)}:${formEncoded(clientSecret)}`
    headers['authorization'] = `Basic ${Buffer.from(pair).toString('base64')}`
  } else {
    form.set('client_id', clientId)
    if (method === 'client_secret_post' && clientSecret !== null) {
      form.set('client_secret', clientSecret)
    }
  }
  return { headers, body: form.toString() }
}

function formEncoded(text: string): string {
  return new URLSearchParams({ '': text }).toString().slice(1)
}
