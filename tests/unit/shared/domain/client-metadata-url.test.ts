import { expect, test } from 'vitest'
import { clientMetadataUrlSchema } from '../../../../src/shared/domain/oauth.ts'

test.each(['https://example.com/client.json', 'https://example.com:8443/a/b?tenant=1'])(
  '%s may be the address of a client metadata document',
  (text) => {
    expect(clientMetadataUrlSchema.safeParse(text).success).toBe(true)
  },
)

test.each([
  '',
  'client.json',
  'http://example.com/client.json',
  'https://example.com',
  'https://example.com/',
  'https://example.com/client.json#',
  'https://example.com/client.json#part',
  'https://example.com/?tenant=1',
  'https://example.com/a b',
  'https://user@example.com/client.json',
  'https://user:word@example.com/client.json',
  'https://example.com/a/../client.json',
  'https://example.com/a/%2e%2e/client.json',
  'https://EXAMPLE.com/client.json',
])('%j may not', (text) => {
  expect(clientMetadataUrlSchema.safeParse(text).success).toBe(false)
})
