import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { toNodeHandler } from '@modelcontextprotocol/node'
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server'
import { type Configuration, Provider } from 'oidc-provider'
import * as z from 'zod'
import { freePort, type HttpFixture, serveHttp } from '../http-fixtures.ts'

/** What a test can have otherwise. */
export interface AuthorizationOptions {
  /** Seconds that an access token lives. */
  readonly accessTokenSeconds?: number
  readonly configuration?: Configuration
  /** The metadata before it is sent. */
  readonly changeMetadata?: (metadata: Record<string, unknown>) => Record<string, unknown>
  /** Sees each request first; true: it has been answered. */
  readonly intercept?: (request: IncomingMessage, response: ServerResponse) => boolean
}

/** An authorization server that signs in everybody who comes, and an MCP server that takes its tokens only. */
export interface AuthorizationFixture {
  readonly issuer: string
  readonly authorizationServer: HttpFixture
  readonly server: HttpFixture
  /** Address of the MCP server. */
  readonly url: string
  /** Requests to the token endpoint that carried a refresh token, in order. */
  readonly refreshes: readonly string[]
  /** All requests to the authorization server: `METHOD path`. */
  readonly requests: readonly string[]
  /** The tokens that the MCP server was sent, in order. */
  readonly seenTokens: readonly string[]
  /** Makes an access token worthless at once. */
  readonly expire: (accessToken: string) => Promise<void>
  readonly isLive: (accessToken: string) => Promise<boolean>
  /** Withdraws all that was granted. */
  readonly revokeAll: () => Promise<void>
}

const scopes = ['mcp:read', 'mcp:write']

/** Starts both. */
export async function serveAuthorization(
  options: AuthorizationOptions = {},
): Promise<AuthorizationFixture> {
  const port = await freePort()
  const serverPort = await freePort()
  const issuer = `http://127.0.0.1:${port}`
  const url = `http://127.0.0.1:${serverPort}/mcp`
  const provider = new Provider(issuer, {
    clients: [],
    scopes: ['openid', 'offline_access', ...scopes],
    cookies: { keys: ['for tests only'] },
    ttl: {
      Interaction: 600,
      Grant: 600,
      Session: 600,
      AccessToken: 600,
      ClientCredentials: 600,
      RefreshToken: 3_600,
    },
    pkce: { required: () => true },
    rotateRefreshToken: true,
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    clientAuthMethods: ['none', 'client_secret_basic', 'client_secret_post'],
    features: {
      devInteractions: { enabled: false },
      registration: { enabled: true },
      revocation: { enabled: true },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        useGrantedResource: () => true,
        getResourceServerInfo: (_ctx, resource) => ({
          scope: scopes.join(' '),
          audience: resource,
          accessTokenTTL: options.accessTokenSeconds ?? 3_600,
          accessTokenFormat: 'opaque',
        }),
      },
    },
    ...options.configuration,
  })
  const refreshes: string[] = []
  const requests: string[] = []
  const seenTokens: string[] = []
  provider.use(async (ctx, next) => {
    await next()
    if (ctx.path.startsWith('/.well-known/') && options.changeMetadata !== undefined) {
      // Its metadata is an object.
      ctx.body = options.changeMetadata(ctx.body as Record<string, unknown>)
    }
    // Parsed by the provider before it answered.
    const body = ctx['oidc']?.body as Record<string, string> | undefined
    if (body?.['grant_type'] === 'refresh_token') refreshes.push(body['refresh_token'] ?? '')
  })
  const handle = provider.callback()
  const authorizationServer = await serveHttp((request, response) => {
    requests.push(`${request.method} ${request.url?.split('?')[0]}`)
    if (options.intercept?.(request, response) === true) return
    if (request.url?.startsWith('/interaction/')) {
      approve(provider, request, response).catch((error: unknown) => {
        response.writeHead(500).end(String(error))
      })
      return
    }
    void handle(request, response)
  }, port)
  const server = await serveHttp(resourceServer(provider, { url, issuer, seenTokens }), serverPort)
  return {
    issuer,
    authorizationServer,
    server,
    url,
    refreshes,
    requests,
    seenTokens,
    expire: async (token) => {
      await (await provider.AccessToken.find(token))?.destroy()
      await (await provider.ClientCredentials.find(token))?.destroy()
    },
    isLive: async (token) => (await provider.AccessToken.find(token)) !== undefined,
    revokeAll: async () => {
      for (const token of seenTokens) {
        const found = await provider.AccessToken.find(token)
        await found?.destroy()
        if (found?.grantId !== undefined)
          await (await provider.Grant.find(found.grantId))?.destroy()
      }
    },
  }
}

/** Goes to an address as a browser does, up to the redirect address of the sign-in. */
export async function browse(address: string): Promise<Response> {
  return await fetch(await browseUntil(address))
}

/** The redirect address that a browser is sent to at last, without going there. */
export async function browseUntil(address: string): Promise<URL> {
  const cookies = new Map<string, string>()
  let url = new URL(address)
  while (url.pathname !== '/callback') {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    const location = response.headers.get('location')
    if (location === null) {
      throw new Error(`${url.href}: ${response.status} ${await response.text()}`)
    }
    url = new URL(location, url)
  }
  return url
}

const requestSchema = z.object({
  scope: z.string().default(''),
  resource: z.string(),
  client_id: z.string(),
})

async function approve(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { params } = await provider.interactionDetails(request, response)
  const { scope, resource, client_id: clientId } = requestSchema.parse(params)
  const grant = new provider.Grant({ accountId: 'person', clientId })
  grant.addOIDCScope(scope)
  grant.addResourceScope(resource, scope)
  const grantId = await grant.save()
  await provider.interactionFinished(
    request,
    response,
    { login: { accountId: 'person' }, consent: { grantId } },
    { mergeWithLastSubmission: false },
  )
}

function resourceServer(
  provider: Provider,
  { url, issuer, seenTokens }: { url: string; issuer: string; seenTokens: string[] },
): RequestListener {
  const handler = createMcpHandler(() => {
    const server = new McpServer({ name: 'guarded-fixture', version: '1.0.0' })
    for (const name of ['read', 'write']) {
      server.registerTool(name, { description: `Needs mcp:${name}.` }, () => ({
        content: [{ type: 'text', text: `${name} done` }],
      }))
    }
    return server
  })
  // As in http-fixtures.ts.
  const handle = toNodeHandler(handler) as unknown as RequestListener
  const metadataPath = '/.well-known/oauth-protected-resource/mcp'
  const challenge = `Bearer resource_metadata="${new URL(metadataPath, url).href}"`
  return (request, response) => {
    if (request.url === metadataPath) {
      const metadata = {
        resource: url,
        authorization_servers: [issuer],
        scopes_supported: ['mcp:read'],
      }
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(metadata))
      return
    }
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
    if (token !== undefined) seenTokens.push(token)
    const refuse = (status: number, header: string) =>
      response.writeHead(status, { 'www-authenticate': header }).end()
    check(provider, token, url)
      .then((granted) => {
        if (granted === null) return refuse(401, `${challenge}, error="invalid_token"`)
        const isWrite = request.headers['mcp-name'] === 'write'
        if (isWrite && !granted.has('mcp:write')) {
          return refuse(403, `${challenge}, error="insufficient_scope", scope="mcp:write"`)
        }
        return handle(request, response)
      })
      .catch((error: unknown) => response.writeHead(500).end(String(error)))
  }
}

/** The scopes of a token that is good for this resource, or null. */
async function check(
  provider: Provider,
  token: string | undefined,
  url: string,
): Promise<ReadonlySet<string> | null> {
  if (token === undefined) return null
  const found =
    (await provider.AccessToken.find(token)) ?? (await provider.ClientCredentials.find(token))
  if (found === undefined || ![found.aud].flat().includes(url)) return null
  return new Set((found.scope ?? '').split(' '))
}
