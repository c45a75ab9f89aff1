import * as z from 'zod'
import { assertSchemeAllowed } from './guarded-fetch.ts'
import { signInError } from './sign-in-error.ts'

/** What is used of an authorization server's metadata (RFC 8414, OpenID Connect Discovery), under its names there. */
export const authorizationServerSchema = z.object({
  issuer: z.string(),
  authorization_endpoint: z.string().optional(),
  token_endpoint: z.string(),
  registration_endpoint: z.string().optional(),
  revocation_endpoint: z.string().optional(),
  scopes_supported: z.array(z.string()).optional(),
  token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
  code_challenge_methods_supported: z.array(z.string()).optional(),
  authorization_response_iss_parameter_supported: z.boolean().optional(),
  client_id_metadata_document_supported: z.boolean().optional(),
})
export type AuthorizationServer = z.infer<typeof authorizationServerSchema>

/** What is used of a protected resource's metadata (RFC 9728). */
export const protectedResourceSchema = z.object({
  resource: z.string(),
  authorization_servers: z.array(z.string()).optional(),
  scopes_supported: z.array(z.string()).optional(),
})
export type ProtectedResource = z.infer<typeof protectedResourceSchema>

/**
 * Whether metadata is that of the issuer it was asked from (RFC 8414 section 3.3). One `/` at the end of the address it was
 * asked by is let pass: an origin as a URL has it, and issuers are written without. Pure.
 */
export function isIssuer(asked: string, said: string): boolean {
  return said === asked || (asked.endsWith('/') && said === asked.slice(0, -1))
}

/**
 * An endpoint as an address that may be used.
 * @throws AppError `sign_in_failed` with reason `bad_metadata` or `insecure_address`.
 */
export function endpointOf(text: string | undefined, serverUrl: URL): URL {
  const url = text === undefined ? null : URL.parse(text)
  if (url === null) throw signInError('bad_metadata')
  assertSchemeAllowed(url, serverUrl)
  return url
}
