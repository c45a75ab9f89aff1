import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import * as z from 'zod'

const base64Schema = z.base64()

/** One encrypted value: AES-256-GCM with a 96-bit nonce and a 128-bit tag (NIST SP 800-38D), in base64. */
export const sealedSchema = z.strictObject({
  iv: base64Schema,
  tag: base64Schema,
  data: base64Schema,
})
export type Sealed = z.infer<typeof sealedSchema>

/** How the key is made from what a person typed: scrypt (RFC 7914). The upper bounds keep a forged file from using up all memory. */
export const keyDerivationSchema = z.strictObject({
  algorithm: z.literal('scrypt'),
  cost: z
    .number()
    .int()
    .min(2 ** 14)
    .max(2 ** 20),
  blockSize: z.literal(8),
  parallelism: z.number().int().min(1).max(4),
  salt: base64Schema,
})
export type KeyDerivation = z.infer<typeof keyDerivationSchema>

/** Parameters for a new vault: 128 MiB and about half a second, the least that OWASP advises, with a fresh salt. */
export function newKeyDerivation(): KeyDerivation {
  return {
    algorithm: 'scrypt',
    cost: 2 ** 17,
    blockSize: 8,
    parallelism: 1,
    salt: randomBytes(16).toString('base64'),
  }
}

/** Makes the 256-bit key. Runs beside the event loop. The text is normalised (NFKC), so that it does not matter how a keyboard composes an umlaut. */
export function deriveKey(secret: string, derivation: KeyDerivation): Promise<Buffer> {
  const { cost, blockSize, parallelism } = derivation
  const options = { N: cost, r: blockSize, p: parallelism, maxmem: 2 * 128 * cost * blockSize }
  return new Promise((resolve, reject) => {
    scrypt(
      secret.normalize('NFKC'),
      Buffer.from(derivation.salt, 'base64'),
      32,
      options,
      (error, key) => {
        if (error === null) resolve(key)
        else reject(error)
      },
    )
  })
}

/** Encrypts a text. `label` is authenticated with it, so that a sealed value cannot be passed off under another name. */
export function seal(key: Buffer, label: string, text: string): Sealed {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: 16 })
  cipher.setAAD(Buffer.from(label))
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return {
    iv: iv.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    data: data.toString('base64'),
  }
}

/** Decrypts a text; null when the key or the label is not the one it was sealed with, or when it was changed. */
export function unseal(key: Buffer, label: string, sealed: Sealed): string | null {
  const iv = Buffer.from(sealed.iv, 'base64')
  const tag = Buffer.from(sealed.tag, 'base64')
  if (iv.length !== 12 || tag.length !== 16) return null
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: 16 })
  decipher.setAAD(Buffer.from(label))
  decipher.setAuthTag(tag)
  const head = decipher.update(Buffer.from(sealed.data, 'base64'))
  try {
    return Buffer.concat([head, decipher.final()]).toString('utf8')
  } catch {
    // The only thing that final() can report in GCM mode: the tag does not fit.
    return null
  }
}
