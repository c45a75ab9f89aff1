import { expect, test } from 'vitest'
import { LongSecrets } from '../../../../src/core/oauth/long-secrets.ts'
import { type SecretName, secretNameSchema } from '../../../../src/shared/domain/ids.ts'

const name = secretNameSchema.parse('oauth.acc_1')
const long = (mark: string) => ({ token: mark.repeat(5_000), note: 'Grüße 🔑' })

/** A vault that fails at its n-th write, as a kill would end it there. */
function memoryVault() {
  const held = new Map<SecretName, string>()
  let writesLeft = Number.POSITIVE_INFINITY
  const spend = () => {
    if (writesLeft <= 0) throw new Error('killed')
    writesLeft -= 1
  }
  return {
    held,
    failAfter: (writes: number) => {
      writesLeft = writes
    },
    vault: {
      get: async (key: SecretName) => held.get(key) ?? null,
      set: async (key: SecretName, value: string) => {
        spend()
        held.set(key, value)
      },
      delete: async (key: SecretName) => {
        spend()
        return held.delete(key)
      },
    },
  }
}

test('a short value has one entry, a long one several, none longer than Windows takes', async () => {
  const { vault, held } = memoryVault()
  const secrets = new LongSecrets(vault)
  await secrets.set(name, { token: 'short' })
  expect([...held.keys()]).toEqual([name])
  await secrets.set(name, long('a'))
  expect(held.size).toBe(4)
  for (const value of held.values()) expect(Buffer.byteLength(value)).toBeLessThan(2_560)
  expect(await secrets.get(name)).toEqual(long('a'))
  await secrets.set(name, long('b'))
  expect(held.size).toBe(4)
  expect(await secrets.get(name)).toEqual(long('b'))
  await secrets.set(name, { token: 'short again' })
  expect([...held.keys()]).toEqual([name])
})

test('at whatever write it is killed, the old value or the new one is whole', async () => {
  for (let writes = 0; writes < 9; writes += 1) {
    const { vault, failAfter, held } = memoryVault()
    const secrets = new LongSecrets(vault)
    await secrets.set(name, long('a'))
    failAfter(writes)
    await secrets.set(name, long('b')).catch(() => {})
    failAfter(Number.POSITIVE_INFINITY)
    expect([long('a'), long('b')]).toContainEqual(await secrets.get(name))
    await secrets.delete(name)
    expect([...held.keys()]).toEqual([])
  }
})

test('what is not there, or not whole, is no value', async () => {
  const { vault, held } = memoryVault()
  const secrets = new LongSecrets(vault)
  expect(await secrets.get(name)).toBeUndefined()
  await secrets.set(name, long('a'))
  held.delete(secretNameSchema.parse(`${name}.a1`))
  expect(await secrets.get(name)).toBeUndefined()
})
