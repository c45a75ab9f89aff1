import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { authorizationUrl, chooseScope } from '../../../../src/core/oauth/authorization-request.ts'

const serverUrl = new URL('https://mcp.example/mcp')
const authorizationServer = {
  issuer: 'https://auth.example',
  authorization_endpoint: 'https://auth.example/authorize?tenant=7',
  token_endpoint: 'https://auth.example/token',
  code_challenge_methods_supported: ['plain', 'S256'],
}
const request = {
  authorizationServer,
  clientId: 'client',
  redirectUri: 'http://127.0.0.1:5/callback',
  resource: 'https://mcp.example/mcp',
  scope: 'a offline_access',
  state: 'state',
  codeVerifier: 'verifier',
}

test('the address of the sign-in carries the challenge, the resource and the state', () => {
  const url = authorizationUrl(request, serverUrl)
  expect(url.origin + url.pathname).toBe('https://auth.example/authorize')
  expect(Object.fromEntries(url.searchParams)).toEqual({
    tenant: '7',
    response_type: 'code',
    client_id: 'client',
    redirect_uri: 'http://127.0.0.1:5/callback',
    state: 'state',
    code_challenge: createHash('sha256').update('verifier').digest('base64url'),
    code_challenge_method: 'S256',
    resource: 'https://mcp.example/mcp',
    scope: 'a offline_access',
    prompt: 'consent',
  })
})

test.each([
  ['that states no PKCE', { code_challenge_methods_supported: undefined }, 'no_pkce'],
  ['with plain PKCE only', { code_challenge_methods_supported: ['plain'] }, 'no_pkce'],
  ['without an endpoint', { authorization_endpoint: undefined }, 'bad_metadata'],
  [
    'whose endpoint is not https',
    { authorization_endpoint: 'http://auth.example/' },
    'insecure_address',
  ],
  [
    'whose endpoint is a script',
    { authorization_endpoint: 'javascript:alert(1)' },
    'insecure_address',
  ],
  [
    'whose endpoint is a file',
    { authorization_endpoint: 'file:///etc/passwd' },
    'insecure_address',
  ],
])('nobody is sent to a server %s', (_, change, reason) => {
  const changed = { ...authorizationServer, ...change }
  const odd = { ...request, authorizationServer: changed }
  expect(() => authorizationUrl(odd as typeof request, serverUrl)).toThrow(`"reason":"${reason}"`)
})

const none = { stated: null, challenged: null, named: null, held: [], supported: undefined }

test.each([
  ['none are known', none, null],
  ['the resource names some', { ...none, named: ['a', 'b'] }, 'a b'],
  ['the refusal goes before them', { ...none, named: ['a', 'b'], challenged: 'c' }, 'c'],
  ['a person goes before all', { ...none, named: ['a'], challenged: 'c', stated: ['d'] }, 'd'],
  ['what was held is kept', { ...none, challenged: 'c', held: ['a b', null, 'c'] }, 'c a b'],
  [
    'the server knows offline_access',
    { ...none, named: ['a'], supported: ['offline_access'] },
    'a offline_access',
  ],
  ['which alone is no reason to ask for scopes', { ...none, supported: ['offline_access'] }, null],
])('the scopes to ask for where %s', (_, sources, scope) => {
  expect(chooseScope(sources)).toBe(scope)
})
