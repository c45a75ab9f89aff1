import { generateKeyPairSync, type KeyObject, verify } from 'node:crypto'
import { expect, test } from 'vitest'
import { clientAssertion, isPrivateKey } from '../../../../src/core/oauth/client-assertion.ts'

const parties = { clientId: 'machine', audience: 'https://auth.example', now: 1_700_000_000_999 }

function pemOf(key: KeyObject, type: 'pkcs8' | 'pkcs1' | 'sec1' = 'pkcs8'): string {
  return String(key.export({ type, format: 'pem' }))
}

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' })
const ed25519 = generateKeyPairSync('ed25519')

test.each([
  ['RS256', 'sha256', rsa.publicKey, pemOf(rsa.privateKey)],
  ['RS256', 'sha256', rsa.publicKey, pemOf(rsa.privateKey, 'pkcs1')],
  ['ES256', 'sha256', p256.publicKey, pemOf(p256.privateKey)],
  ['ES256', 'sha256', p256.publicKey, pemOf(p256.privateKey, 'sec1')],
  ['ES256', 'sha256', p256.publicKey, pemOf(p256.privateKey).replaceAll('\n', ' ')],
  ['ES384', 'sha384', p384.publicKey, pemOf(p384.privateKey)],
  ['EdDSA', null, ed25519.publicKey, pemOf(ed25519.privateKey)],
])('it is signed by %s', (algorithm, digest, publicKey, privateKey) => {
  expect(isPrivateKey(privateKey)).toBe(true)
  const assertion = clientAssertion({ ...parties, privateKey })
  const [header = '', claims = '', signature = ''] = assertion.split('.')
  expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({
    alg: algorithm,
    typ: 'JWT',
  })
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual({
    iss: 'machine',
    sub: 'machine',
    aud: 'https://auth.example',
    jti: expect.any(String),
    iat: 1_700_000_000,
    exp: 1_700_000_120,
  })
  const key = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const
  const isSigned = verify(
    digest,
    Buffer.from(`${header}.${claims}`),
    key,
    Buffer.from(signature, 'base64url'),
  )
  expect(isSigned).toBe(true)
  expect(clientAssertion({ ...parties, privateKey })).not.toBe(assertion)
})

test.each([
  String(
    p256.privateKey.export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: 'for tests only',
    }),
  ),
  pemOf(p256.privateKey).slice(0, 60),
  '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----',
  pemOf(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey),
])('a key that cannot be used says so, and nothing of itself: %#', (privateKey) => {
  expect(isPrivateKey(privateKey)).toBe(true)
  expect(() => clientAssertion({ ...parties, privateKey })).toThrow(
    expect.objectContaining({
      code: 'config_invalid',
      data: {
        reason: expect.stringMatching(
          /^The private key of the client cannot be used\. [\w ,.-]{10,60}$/,
        ),
      },
    }),
  )
})

test('any other secret is none', () => {
  expect(isPrivateKey('a secret')).toBe(false)
  expect(isPrivateKey('x -----BEGIN PRIVATE KEY-----')).toBe(false)
})
