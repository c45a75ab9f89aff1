import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { VaultHolder } from '../../../../src/core/secrets/vault-holder.ts'
import { secretNameSchema } from '../../../../src/shared/domain/ids.ts'

async function createHolder(dataDir: string, vaultKey?: string): Promise<VaultHolder> {
  return new VaultHolder({
    dataDir,
    vaultKey,
    keychain: 'never',
    keychainTimeoutMs: 1_000,
    now: () => 1,
    onNotice: () => {},
  })
}

test('whoever watches is told when the vault is unlocked, and not when nothing has changed', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'mcp-manager-vault-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  const holder = await createHolder(dataDir)
  expect(await holder.status()).toMatchObject({ kind: 'none', state: 'unavailable' })
  let told = 0
  const stop = holder.onDidChange(() => {
    told += 1
  })
  await holder.status()
  expect(told).toBe(0)
  // Eleven characters, one of them of two units.
  await expect(holder.unlock('too short \u{1d11e}')).rejects.toMatchObject({
    code: 'invalid_input',
  })
  expect(told).toBe(0)
  await holder.unlock('a long passphrase')
  expect(told).toBe(1)
  expect(await holder.status()).toEqual({ kind: 'file', state: 'ready', problem: null })
  await holder.set(secretNameSchema.parse('a.secret'), 'value')
  await holder.unlock('a long passphrase')
  expect(told).toBe(1)
  stop()

  const second = await createHolder(dataDir)
  expect(await second.status()).toMatchObject({ kind: 'file', state: 'locked' })
  second.onDidChange(() => {
    told += 1
  })
  // One that is there may have a shorter one.
  expect(await second.unlock('wrong')).toMatchObject({ kind: 'file', state: 'locked' })
  expect(await second.unlock('another passphrase')).toMatchObject({ kind: 'file', state: 'locked' })
  expect(told).toBe(1)
  await second.unlock('a long passphrase')
  expect(told).toBe(2)
})

test('a key of the environment that does not fit gives way to the passphrase', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'mcp-manager-vault-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  const first = await createHolder(dataDir)
  await first.unlock('a long passphrase')
  await first.set(secretNameSchema.parse('a.secret'), 'value')

  const holder = await createHolder(dataDir, 'a key of something else')
  expect(await holder.status()).toMatchObject({ kind: 'file', state: 'locked' })
  expect(await holder.unlock('a long passphrase')).toMatchObject({ kind: 'file', state: 'ready' })
})

test('another passphrase takes the place of the one that was', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'mcp-manager-vault-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  const name = secretNameSchema.parse('a.secret')
  const none = await createHolder(dataDir)
  await expect(none.changePassphrase('a', 'a long passphrase')).rejects.toMatchObject({
    code: 'invalid_input',
  })
  const known: string[] = []
  const holder = new VaultHolder({
    dataDir,
    vaultKey: 'the key of the environment',
    keychain: 'never',
    keychainTimeoutMs: 1_000,
    now: () => 1,
    onNotice: () => {},
    onSecret: (_name, value) => known.push(value),
  })
  await holder.set(name, 'value')
  expect(known).toEqual(['value'])
  await expect(holder.changePassphrase('wrong', 'a long passphrase')).rejects.toMatchObject({
    code: 'vault_locked',
  })
  await expect(
    holder.changePassphrase('the key of the environment', 'short'),
  ).rejects.toMatchObject({ code: 'invalid_input' })
  expect(await holder.get(name)).toBe('value')
  expect(
    await holder.changePassphrase('the key of the environment', 'a long passphrase'),
  ).toMatchObject({ state: 'ready' })
  expect(await holder.get(name)).toBe('value')
})

test('nothing that is read or written while the passphrase changes is lost or refused', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'mcp-manager-vault-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  const holder = await createHolder(dataDir)
  await holder.unlock('a long passphrase')
  const name = (index: number) => secretNameSchema.parse(`a.secret${index}`)
  await holder.set(name(0), 'value 0')
  let isOver = false
  const change = holder.changePassphrase('a long passphrase', 'another passphrase')
  const changing = change.finally(() => {
    isOver = true
  })
  const writing = (async () => {
    let count = 1
    for (; !isOver; count += 1) await holder.set(name(count), `value ${count}`)
    return count
  })()
  const reading = (async () => {
    while (!isOver) expect(await holder.get(name(0))).toBe('value 0')
  })()
  const [status, count] = await Promise.all([changing, writing, reading])
  expect(status).toMatchObject({ state: 'ready' })

  const next = await createHolder(dataDir)
  expect(await next.unlock('another passphrase')).toMatchObject({ state: 'ready' })
  for (let index = 0; index < count; index += 1) {
    expect(await next.get(name(index))).toBe(`value ${index}`)
  }
}, 60_000)
