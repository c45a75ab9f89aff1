import { expect, test } from 'vitest'
import { noChallenge } from '../../../src/core/oauth/challenge.ts'
import { type Discovery, discover } from '../../../src/core/oauth/discover.ts'
import { createGuardedFetch } from '../../../src/core/oauth/guarded-fetch.ts'
import { signInReasonOf } from '../../../src/core/oauth/sign-in-error.ts'
import { serveHttp } from '../http-fixtures.ts'
import { errorOf } from '../temp-core.ts'

type Pages = Record<string, unknown>

/** Discovery at a server with these pages; `HOST` stands for its own address. What is asked for is recorded. */
async function discoverAt(
  pages: Pages,
  path = '/mcp',
  named: string | null = null,
  address: string | null = null,
) {
  const asked: string[] = []
  const fixture = await serveHttp((request, response) => {
    asked.push(request.url ?? '')
    const page = pages[request.url ?? '']
    if (page === undefined) response.writeHead(404).end()
    else if (typeof page === 'number') response.writeHead(page).end()
    else {
      const isText = typeof page === 'string'
      const text = isText ? page : JSON.stringify(page).replaceAll('HOST', fixture.url)
      response.writeHead(200, { 'content-type': isText ? 'text/html' : 'application/json' })
      response.end(text)
    }
  })
  const serverUrl = new URL(`${fixture.url}${path}`)
  const challenge = {
    ...noChallenge,
    resourceMetadataUrl: named === null ? null : new URL(named.replace('HOST', fixture.url)),
  }
  const found: Promise<Discovery> = discover(
    { url: serverUrl, address: address?.replace('HOST', fixture.url) ?? serverUrl.href },
    challenge,
    createGuardedFetch(serverUrl),
    new AbortController().signal,
  )
  const outcome = await found.then(
    ({ authorizationServer, resource }) => ({
      issuer: authorizationServer.issuer.replace(fixture.url, 'HOST'),
      resource: resource.replace(fixture.url, 'HOST'),
    }),
    (error: unknown) => signInReasonOf(error) ?? error,
  )
  return { outcome, asked }
}

const exact = '/.well-known/oauth-protected-resource/mcp'
const root = '/.well-known/oauth-protected-resource'
const resource = { resource: 'HOST/mcp', authorization_servers: ['HOST'] }
const oauth = '/.well-known/oauth-authorization-server'
const openid = '/.well-known/openid-configuration'
const server = { issuer: 'HOST', token_endpoint: 'HOST/token' }
const good = { [exact]: resource, [oauth]: server }
const own = { issuer: 'HOST', resource: 'HOST/mcp' }

test.each([
  ['at its exact places', good, own],
  ['at the root', { [root]: resource, [oauth]: server }, own],
  ['by OpenID Connect', { [exact]: resource, [openid]: server }, own],
  ['without metadata of the resource', { [oauth]: server }, own],
  [
    'with nulls for what is not there',
    {
      [exact]: { ...resource, scopes_supported: null },
      [oauth]: { ...server, registration_endpoint: null, scopes_supported: null },
    },
    own,
  ],
  [
    'with an issuer of a path',
    {
      [exact]: { ...resource, authorization_servers: ['HOST/tenant'] },
      [`${oauth}/tenant`]: { ...server, issuer: 'HOST/tenant' },
    },
    { ...own, issuer: 'HOST/tenant' },
  ],
  [
    'with OpenID Connect below the path of the issuer',
    {
      [exact]: { ...resource, authorization_servers: ['HOST/tenant'] },
      [`/tenant${openid}`]: { ...server, issuer: 'HOST/tenant' },
    },
    { ...own, issuer: 'HOST/tenant' },
  ],
  [
    'with a start page in place of what is not there',
    { ...good, [exact]: '<html>', [root]: resource },
    own,
  ],
])('finds the authorization server %s', async (_, pages, expected) => {
  expect((await discoverAt(pages)).outcome).toEqual(expected)
})

test('a secret in the address of a server that names no resource is told to nobody', async () => {
  const pages = { [oauth]: server }
  const { outcome } = await discoverAt(pages, '/key-5150/mcp', null, 'HOST/secret://key/mcp')
  expect(outcome).toEqual({ issuer: 'HOST', resource: 'HOST' })
})

test('the places are asked in the order of the specification', async () => {
  const pages = { [root]: { ...resource, authorization_servers: ['HOST/a'] } }
  const { outcome, asked } = await discoverAt(pages)
  expect(outcome).toBe('no_authorization_server')
  expect(asked).toEqual([exact, root, `${oauth}/a`, `${openid}/a`, `/a${openid}`])
})

test('what the refusal names is asked, and nothing else', async () => {
  const { outcome, asked } = await discoverAt(
    { '/here': resource, [oauth]: server },
    '/mcp',
    'HOST/here',
  )
  expect(outcome).toEqual(own)
  expect(asked).toEqual(['/here', oauth])
})

test.each([
  [
    'names another issuer than asked',
    { ...good, [oauth]: { ...server, issuer: 'https://auth.example' } },
    'issuer_mismatch',
  ],
  [
    'is for another host',
    { ...good, [exact]: { ...resource, resource: 'https://other.example/mcp' } },
    'resource_mismatch',
  ],
  [
    'is for another path',
    { ...good, [exact]: { ...resource, resource: 'HOST/other' } },
    'resource_mismatch',
  ],
  [
    'is for no address at all',
    { ...good, [exact]: { ...resource, resource: 'mcp' } },
    'resource_mismatch',
  ],
  ['is no metadata', { ...good, [exact]: { hello: 1 } }, 'bad_metadata'],
  [
    'names an authorization server that is no address',
    { ...good, [exact]: { ...resource, authorization_servers: ['x'] } },
    'bad_metadata',
  ],
  [
    'names one in the network of this machine',
    { ...good, [exact]: { ...resource, authorization_servers: ['https://169.254.169.254'] } },
    'address_refused',
  ],
  [
    'names one without https',
    { ...good, [exact]: { ...resource, authorization_servers: ['http://auth.example'] } },
    'insecure_address',
  ],
  ['cannot be had now', { ...good, [oauth]: 503 }, 'unreachable'],
  ['is nowhere', {}, 'no_authorization_server'],
])('metadata that %s is not believed', async (_, pages, reason) => {
  expect((await discoverAt(pages)).outcome).toBe(reason)
})

test('a server elsewhere without https gets no token: others could read it', async () => {
  const url = new URL('http://mcp.example/mcp')
  const named = new URL('https://mcp.example/.well-known/oauth-protected-resource')
  const found = discover(
    { url, address: url.href },
    { ...noChallenge, resourceMetadataUrl: named },
    () => Promise.reject(new Error('not asked')),
    new AbortController().signal,
  )
  expect(signInReasonOf(await errorOf(found))).toBe('insecure_address')
})

test('metadata that the refusal names and that is not there is not looked for elsewhere', async () => {
  expect((await discoverAt(good, '/mcp', 'HOST/here')).outcome).toBe('bad_metadata')
})
