import { createPrivateKey, type KeyObject, randomUUID, sign } from 'node:crypto'
import { AppError } from '../../shared/domain/errors.ts'

/** How long a statement serves, in seconds: one request, and clocks that differ. */
const lifeSeconds = 120

/** A key in PEM, its lines joined or not: a field of one line drops their ends. */
const pem = /^\s*-----BEGIN (RSA |EC |)PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END /
const derTypes = { 'RSA ': 'pkcs1', 'EC ': 'sec1', '': 'pkcs8' } as const

/** Whether the secret of a client is a private key, with which it signs who it is (`private_key_jwt`). Pure. */
export function isPrivateKey(secret: string): boolean {
  return /^\s*-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(secret)
}

/** Who states it to whom. */
export interface AssertionParties {
  readonly clientId: string
  /** In PEM, without a passphrase. */
  readonly privateKey: string
  /** The issuer, and no endpoint: another server could use a statement that it was sent (RFC 7523 as amended in 2025). */
  readonly audience: string
  /** Milliseconds since the Unix epoch. */
  readonly now: number
}

/**
 * A client's signed statement of who it is, for one request (RFC 7523 section 2.2).
 * @throws AppError `config_invalid` for a key that cannot be used.
 */
export function clientAssertion({ clientId, privateKey, audience, now }: AssertionParties): string {
  const key = readKey(privateKey)
  const { algorithm, digest } = algorithmOf(key)
  const issuedAt = Math.floor(now / 1000)
  const claims = {
    iss: clientId,
    sub: clientId,
    aud: audience,
    jti: randomUUID(),
    iat: issuedAt,
    exp: issuedAt + lifeSeconds,
  }
  const text = `${encoded({ alg: algorithm, typ: 'JWT' })}.${encoded(claims)}`
  const signature = sign(digest, Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' })
  return `${text}.${signature.toString('base64url')}`
}

function readKey(text: string): KeyObject {
  const [, kind = '', body] = pem.exec(text) ?? []
  if (body === undefined) throw unusable('It has a passphrase, or is not whole.')
  try {
    // The expression lets these three through only.
    const type = derTypes[kind as keyof typeof derTypes]
    return createPrivateKey({ key: Buffer.from(body, 'base64'), format: 'der', type })
  } catch {
    // What OpenSSL says of a key is no word for a person, and may quote it.
    throw unusable('It is not whole.')
  }
}

/** The algorithm that belongs to a key (RFC 7518, RFC 8037). */
function algorithmOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): {
  readonly algorithm: string
  readonly digest: string | null
} {
  if (asymmetricKeyType === 'rsa') return { algorithm: 'RS256', digest: 'sha256' }
  if (asymmetricKeyType === 'ed25519') return { algorithm: 'EdDSA', digest: null }
  switch (asymmetricKeyDetails?.namedCurve) {
    case 'prime256v1':
      return { algorithm: 'ES256', digest: 'sha256' }
    case 'secp384r1':
      return { algorithm: 'ES384', digest: 'sha384' }
    case undefined:
    default:
      throw unusable('RSA, P-256, P-384 and Ed25519 can sign.')
  }
}

function unusable(why: string): AppError {
  return new AppError('config_invalid', {
    reason: `The private key of the client cannot be used. ${why}`,
  })
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
