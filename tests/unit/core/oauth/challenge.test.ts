import { expect, test } from 'vitest'
import { readChallenge } from '../../../../src/core/oauth/challenge.ts'

function read(header: string) {
  const { resourceMetadataUrl, scope, error } = readChallenge({
    headers: new Headers({ 'www-authenticate': header }),
  })
  return { url: resourceMetadataUrl?.href ?? null, scope, error }
}

const url = 'https://mcp.example/.well-known/oauth-protected-resource'
const nothing = { url: null, scope: null, error: null }
const metadata = { ...nothing, url }

test.each([
  ['one parameter', `Bearer resource_metadata="${url}"`, metadata],
  [
    'without quotes',
    `Bearer resource_metadata=${url}, error=invalid_token`,
    { ...metadata, error: 'invalid_token' },
  ],
  ['in any case, with spaces', `bEARER  Resource_Metadata = "${url}"`, metadata],
  ['after another scheme', `Basic realm="x", Bearer resource_metadata="${url}"`, metadata],
  ['after one with a credential', `Negotiate abc==, Bearer resource_metadata="${url}"`, metadata],
  ['after one without parameters', `Negotiate, Bearer resource_metadata="${url}"`, metadata],
  ['of DPoP alone', `DPoP algs="ES256", resource_metadata="${url}"`, metadata],
  [
    'Bearer before DPoP',
    `DPoP error="use_dpop_nonce", Bearer error="invalid_token"`,
    { ...nothing, error: 'invalid_token' },
  ],
  ['a comma in quotes', 'Bearer realm="a, b", scope="c d"', { ...nothing, scope: 'c d' }],
  [
    'quotes in quotes',
    String.raw`Bearer realm="say \"scope=admin, error=x\"", scope="c"`,
    { ...nothing, scope: 'c' },
  ],
  [
    'what only looks like a parameter',
    'Bearer realm="scope=admin error=insufficient_scope"',
    nothing,
  ],
  ['a name that ends like another one', 'Bearer x_scope="admin", x-error="y"', nothing],
  ['a parameter twice', 'Bearer scope="a", scope="b"', { ...nothing, scope: 'a' }],
  ['nothing', '', nothing],
  ['a scheme alone', 'Bearer', nothing],
  ['another scheme', `Basic resource_metadata="${url}", scope="a"`, nothing],
  [
    'an open quote',
    'Bearer error="invalid_token", scope="a',
    { ...nothing, error: 'invalid_token' },
  ],
  [
    'an address that is none',
    'Bearer resource_metadata="here", scope="a"',
    { ...nothing, scope: 'a' },
  ],
  [
    'scopes with characters that no scope has',
    String.raw`Bearer scope="a:b/c.d  \"e \\f g"`,
    { ...nothing, scope: 'a:b/c.d g' },
  ],
  ['scopes without an end', `Bearer scope="${'x'.repeat(4_001)}"`, nothing],
])('%s', (_, header, expected) => {
  expect(read(header)).toEqual(expected)
})
