import { expect, test } from 'vitest'
import { chooseIdentity } from '../../../../src/core/oauth/oauth-client.ts'

const client = {
  clientId: 'by-hand',
  clientSecret: null,
  authMethod: null,
  redirectUri: null,
  scope: null,
}
const stored = { ...client, clientId: 'stored', scope: 'a b' }
const metadataUrl = 'https://example.com/client.json'
const plain = { issuer: 'https://auth.example', token_endpoint: 'https://auth.example/token' }
const registering = { ...plain, registration_endpoint: 'https://auth.example/register' }
const all = { ...registering, client_id_metadata_document_supported: true }
const choices = {
  preRegistered: client,
  stored,
  metadataUrl,
  authorizationServer: all,
  scope: 'a',
}

test.each([
  ['registered by hand', choices, 'by-hand'],
  ['a document', { ...choices, preRegistered: null }, metadataUrl],
  ['registered before', { ...choices, preRegistered: null, metadataUrl: null }, 'stored'],
  [
    'registered before, where documents are not taken',
    { ...choices, preRegistered: null, authorizationServer: registering },
    'stored',
  ],
  [
    'a new registration',
    { ...choices, preRegistered: null, metadataUrl: null, stored: null },
    'register',
  ],
  [
    'a new registration for more scopes',
    { ...choices, preRegistered: null, metadataUrl: null, scope: 'a c' },
    'register',
  ],
  [
    'what there is, where none can be made',
    { ...choices, preRegistered: null, stored, authorizationServer: plain, scope: 'a c' },
    'stored',
  ],
  ['none', { ...choices, preRegistered: null, stored: null, authorizationServer: plain }, 'none'],
])('the identity is %s', (_, given, expected) => {
  const identity = chooseIdentity(given)
  expect(identity.kind === 'known' ? identity.client.clientId : identity.kind).toBe(expected)
})
