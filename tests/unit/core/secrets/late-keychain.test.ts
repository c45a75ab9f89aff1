import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { VaultHolder } from '../../../../src/core/secrets/vault-holder.ts'
import type { VaultStatus } from '../../../../src/shared/contract/host.ts'

// A keychain that asks a person: none of a real one can be made to wait for that without a screen.
const { held, person } = vi.hoisted(() => ({
  held: new Map<string, Uint8Array>(),
  person: { ...Promise.withResolvers<void>(), isGone: false },
}))
vi.mock('@napi-rs/keyring', () => ({
  AsyncEntry: class {
    readonly #account: string
    constructor(_service: string, account: string) {
      this.#account = account
    }
    async setSecret(secret: Uint8Array): Promise<void> {
      await person.promise
      held.set(this.#account, secret)
    }
    async getSecret(): Promise<number[] | null> {
      const secret = held.get(this.#account)
      return secret === undefined ? null : [...secret]
    }
    async deleteCredential(): Promise<boolean> {
      if (person.isGone) throw new Error('the keychain is gone')
      return held.delete(this.#account)
    }
  },
}))

test('a keychain that a person unlocks later says so by itself, and keeps nothing of the question', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'mcp-manager-late-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  const holder = new VaultHolder({
    dataDir,
    keychain: 'auto',
    keychainTimeoutMs: 1,
    now: () => 1,
    onNotice: () => {},
  })
  expect(await holder.status()).toMatchObject({
    kind: 'keychain',
    state: 'locked',
    problem: { code: 'vault_locked', data: { reason: 'no_answer' } },
  })
  const told = new Promise<VaultStatus>((resolve) => {
    holder.onDidChange(resolve)
  })
  person.resolve()
  expect(await told).toEqual({ kind: 'keychain', state: 'ready', problem: null })
  expect([...held]).toEqual([])
})

test('what fails after a late answer is told', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'mcp-manager-late-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  Object.assign(person, Promise.withResolvers<void>(), { isGone: true })
  onTestFinished(() => {
    person.isGone = false
  })
  const fault = Promise.withResolvers<unknown>()
  const holder = new VaultHolder({
    dataDir,
    keychain: 'auto',
    keychainTimeoutMs: 1,
    now: () => 1,
    onNotice: () => {},
    onFault: fault.resolve,
  })
  expect(await holder.status()).toMatchObject({ state: 'locked' })
  person.resolve()
  expect(String(await fault.promise)).toContain('the keychain is gone')
})
