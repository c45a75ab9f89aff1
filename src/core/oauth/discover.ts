import { buildDiscoveryUrls, checkResourceAllowed } from '@modelcontextprotocol/client'
import type * as z from 'zod'
import { isRecord } from '../../shared/lib/json.ts'
import type { RemoteAddress } from '../servers/resolve-launch.ts'
import {
  type AuthorizationServer,
  authorizationServerSchema,
  isIssuer,
  type ProtectedResource,
  protectedResourceSchema,
} from './authorization-server.ts'
import type { Challenge } from './challenge.ts'
import { assertSchemeAllowed, type GuardedFetch } from './guarded-fetch.ts'
import { parseJson } from './parse-json.ts'
import { signInError } from './sign-in-error.ts'

/** Where tokens for a server come from. */
export interface Discovery {
  readonly authorizationServer: AuthorizationServer
  /** The resource indicator as its owner writes it (RFC 8707). */
  readonly resource: string
  /** The scopes that the resource names; null: none. */
  readonly scopes: readonly string[] | null
}

const protocolVersion = '2025-11-25'

/**
 * Finds the authorization server of an MCP server: the metadata of the resource that its refusal names, or at its well-known
 * places (RFC 9728), then the metadata of the authorization server that stands there, at all well-known places of RFC 8414
 * and OpenID Connect. A server without metadata of its own is taken for its own authorization server, as 2025-03-26 has it.
 * @throws AppError `sign_in_failed`: `insecure_address` for a server without https elsewhere, `no_authorization_server`, `bad_metadata`, `issuer_mismatch`, `resource_mismatch`, or
 * those of the fetch.
 */
export async function discover(
  { url: serverUrl, address }: RemoteAddress,
  challenge: Challenge,
  fetch: GuardedFetch,
  signal: AbortSignal,
): Promise<Discovery> {
  // Its tokens are sent there, and are good for whoever reads them (RFC 6750 section 5.3).
  assertSchemeAllowed(serverUrl, serverUrl)
  const protectedResource = await findResource(serverUrl, challenge, fetch, signal)
  const issuer = protectedResource?.authorization_servers?.[0] ?? new URL('/', serverUrl).href
  const authorizationServer = await findServer(issuer, fetch, signal)
  return {
    authorizationServer,
    resource: protectedResource?.resource ?? ownResource(serverUrl, address),
    scopes: protectedResource?.scopes_supported ?? null,
  }
}

/** The well-known places of a resource's metadata, the most exact first (RFC 9728 section 3.1). Pure. */
export function resourceMetadataUrls(serverUrl: URL): readonly URL[] {
  const root = new URL('/.well-known/oauth-protected-resource', serverUrl.origin)
  const path = serverUrl.pathname.replace(/\/$/, '')
  if (path === '') return [root]
  const exact = new URL(`${root.pathname}${path}`, serverUrl.origin)
  exact.search = serverUrl.search
  return [exact, root]
}

/**
 * The address of a server as it is kept and named to others: without query and fragment (RFC 8707 section 2), and without
 * credentials, for some addresses hold a key. Pure.
 */
export function bareUrl(serverUrl: URL): string {
  return serverUrl.origin + serverUrl.pathname
}

/**
 * The resource of a server that names none. What is a secret in its address goes neither to the authorization server nor into
 * the history of a browser.
 */
function ownResource(serverUrl: URL, address: string): string {
  return bareUrl(serverUrl) === address ? address : serverUrl.origin
}

async function findResource(
  serverUrl: URL,
  challenge: Challenge,
  fetch: GuardedFetch,
  signal: AbortSignal,
): Promise<ProtectedResource | null> {
  const named = challenge.resourceMetadataUrl
  const urls = named === null ? resourceMetadataUrls(serverUrl) : [named]
  for (const url of urls) {
    const found = await fetchMetadata(url, protectedResourceSchema, fetch, signal)
    if (found === null) continue
    const isOwn =
      URL.canParse(found.resource) &&
      checkResourceAllowed({ requestedResource: serverUrl, configuredResource: found.resource })
    if (!isOwn) throw signInError('resource_mismatch')
    return found
  }
  // What the server itself points to has to be there.
  if (named !== null) throw signInError('bad_metadata', { detail: named.host })
  return null
}

/**
 * The metadata of the authorization server that stands at an issuer, from all of its well-known places.
 * @throws as `discover`.
 */
export async function findServer(
  issuer: string,
  fetch: GuardedFetch,
  signal: AbortSignal,
): Promise<AuthorizationServer> {
  if (!URL.canParse(issuer)) throw signInError('bad_metadata')
  for (const { url } of buildDiscoveryUrls(issuer)) {
    const found = await fetchMetadata(url, authorizationServerSchema, fetch, signal)
    if (found === null) continue
    if (!isIssuer(issuer, found.issuer)) throw signInError('issuer_mismatch')
    return found
  }
  throw signInError('no_authorization_server')
}

/**
 * Null where there is none: any answer of the kind "not here", since many servers answer all that they do not know with 401,
 * or with their start page.
 */
async function fetchMetadata<T extends z.ZodType>(
  url: URL,
  schema: T,
  fetch: GuardedFetch,
  signal: AbortSignal,
): Promise<z.infer<T> | null> {
  const headers = { accept: 'application/json', 'mcp-protocol-version': protocolVersion }
  const response = await fetch(url, { method: 'GET', headers }, signal)
  const { status } = response
  if (status >= 500) throw signInError('unreachable', { detail: `${url.host}: HTTP ${status}` })
  if (status !== 200 || !/\bjson\b/.test(response.headers['content-type'] ?? '')) return null
  const parsed = schema.safeParse(withoutNulls(parseJson(response.text)))
  if (!parsed.success) throw signInError('bad_metadata', { detail: url.host })
  return parsed.data
}

/** Some servers write null for what they do not have, in place of nothing. */
function withoutNulls(metadata: unknown): unknown {
  if (!isRecord(metadata)) return metadata
  return Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== null))
}
