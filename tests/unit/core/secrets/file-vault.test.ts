import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { rekeyFileVault } from '../../../../src/core/secrets/file-vault.ts'
import { openVault, type VaultOptions } from '../../../../src/core/secrets/open-vault.ts'
import type { SecretVault } from '../../../../src/core/secrets/secret-vault.ts'
import type { ErrorInfo } from '../../../../src/shared/domain/errors.ts'
import { secretNameSchema } from '../../../../src/shared/domain/ids.ts'

// A key takes half a second of a processor, and each test makes several.
vi.setConfig({ testTimeout: 60_000 })

const key = 'a key of enough characters'
const token = secretNameSchema.parse('github.token')
const other = secretNameSchema.parse('constructor')
const value = 'ghp_ünïcode\nand a second line'

let dataDir = ''
let file = ''
let notices: ErrorInfo[] = []

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'file-vault-'))
  file = join(dataDir, 'vault.json')
  notices = []
})
afterEach(() => rm(dataDir, { recursive: true, force: true }))

function open(extra: Partial<VaultOptions> = {}): Promise<SecretVault> {
  return openVault({
    dataDir,
    keychain: 'never',
    keychainTimeoutMs: 1000,
    now: Date.now,
    onNotice: (notice) => notices.push(notice),
    ...extra,
  })
}

describe('the vault file', () => {
  it('keeps secrets over a restart, unreadable without the key and for its owner only', async () => {
    const first = await open({ vaultKey: key })
    expect(first).toMatchObject({ kind: 'file', state: { status: 'ready' } })
    expect(await first.get(token)).toBeNull()
    await first.set(token, 'earlier')
    await first.set(token, value)
    await first.set(other, '')

    const second = await open({ vaultKey: key })
    expect(await second.get(token)).toBe(value)
    expect(await second.get(other)).toBe('')
    expect(await second.has(other)).toBe(true)
    const stored = await readFile(file, 'utf8')
    expect(stored).not.toContain('nïcode')
    expect(stored).not.toContain(Buffer.from(value).toString('base64').slice(0, 12))
    const forOthers = process.platform === 'win32' ? 0 : (await stat(file)).mode & 0o077
    expect(forOthers).toBe(0)
    expect(notices).toEqual([])
  })

  it('opens with a passphrase too, however its accents are composed', async () => {
    await (await open({ passphrase: 'grüße' })).set(token, value)
    expect(await (await open({ passphrase: 'gru\u0308ße' })).get(token)).toBe(value)
  })

  it('removes a secret, from the backup as well', async () => {
    const vault = await open({ vaultKey: key })
    await vault.set(token, value)
    expect(await vault.delete(token)).toBe(true)
    expect(await vault.delete(other)).toBe(false)
    expect(await vault.get(token)).toBeNull()
    expect(await readFile(`${file}.bak`, 'utf8')).not.toContain(token)
  })

  it('refuses a wrong key and does not touch the file', async () => {
    await (await open({ vaultKey: key })).set(token, value)
    const before = await readFile(file, 'utf8')
    const vault = await open({ vaultKey: `${key}!` })
    expect(vault.state).toMatchObject({
      status: 'locked',
      reason: { code: 'vault_locked', data: { file, reason: 'wrong_key' } },
    })
    await expect(vault.get(token)).rejects.toMatchObject({ code: 'vault_locked' })
    await expect(vault.set(token, 'x')).rejects.toMatchObject({ code: 'vault_locked' })
    await expect(vault.delete(token)).rejects.toMatchObject({ code: 'vault_locked' })
    await expect(vault.has(token)).rejects.toMatchObject({ code: 'vault_locked' })
    expect(await readFile(file, 'utf8')).toBe(before)
  })

  it('says that a key is missing where there is a file and none was given', async () => {
    await (await open({ vaultKey: key })).set(token, value)
    const vault = await open()
    expect(vault).toMatchObject({
      kind: 'file',
      state: {
        status: 'locked',
        reason: { code: 'vault_locked', data: { reason: 'key_missing' } },
      },
    })
  })

  it('restores its backup after damage, with a notice', async () => {
    await (await open({ vaultKey: key })).set(token, value)
    await writeFile(file, (await readFile(file, 'utf8')).slice(0, 200))
    const vault = await open({ vaultKey: key })
    expect(await vault.get(token)).toBe(value)
    expect(notices).toMatchObject([{ code: 'state_corrupt', data: { file } }])
  })

  it('keeps a copy of a vault that cannot be restored, and leaves it in place', async () => {
    await (await open({ vaultKey: key })).set(token, value)
    await rm(`${file}.bak`)
    await writeFile(file, '{"version":1')
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const vault = await open({ vaultKey: key })
      expect(vault.state).toMatchObject({
        status: 'unavailable',
        reason: { code: 'state_corrupt' },
      })
      await expect(vault.set(token, 'x')).rejects.toMatchObject({ code: 'state_corrupt' })
    }
    expect(await readFile(file, 'utf8')).toBe('{"version":1')
    const copies = (await readdir(dataDir)).filter((name) => name.startsWith('vault.json.corrupt-'))
    expect(copies).toHaveLength(1)
  })

  it('tells a damaged secret from a wrong key', async () => {
    const vault = await open({ vaultKey: key })
    await vault.set(token, value)
    await vault.set(other, value)
    // One sealed value under the name of another: the tag binds it to its own name.
    const stored = await readFile(file, 'utf8')
    await writeFile(file, stored.replace('"constructor"', '"x"').replace(token, 'constructor'))
    await expect(vault.get(other)).rejects.toMatchObject({
      code: 'state_corrupt',
      data: { reason: 'damaged_secret', name: 'constructor' },
    })
  })

  it('does not lose what a second writer stored', async () => {
    const one = await open({ vaultKey: key })
    const two = await open({ vaultKey: key })
    await one.set(token, 'from one')
    await two.set(other, 'from two')
    expect(await one.get(other)).toBe('from two')
    expect(await two.get(token)).toBe('from one')
  })

  it('is sealed with another passphrase as a whole, or not at all', async () => {
    const next = 'another key of enough characters'
    const vault = await open({ vaultKey: key })
    await vault.set(token, value)
    await vault.set(other, 'second')
    const before = await readFile(file, 'utf8')
    const rekey = (from: string) =>
      rekeyFileVault({ file, key: from, now: Date.now, onNotice: (n) => notices.push(n) }, next)
    await expect(rekey('not the key')).rejects.toMatchObject({
      code: 'vault_locked',
      data: { reason: 'wrong_key', current: 'wrong' },
    })
    expect(await readFile(file, 'utf8')).toBe(before)
    await rekey(key)
    expect((await open({ vaultKey: key })).state).toMatchObject({ status: 'locked' })
    const after = await open({ vaultKey: next })
    expect(await after.get(token)).toBe(value)
    expect(await after.get(other)).toBe('second')
    // A holder that still has the old key must not write what the new one cannot open.
    await expect(vault.set(token, 'lost')).rejects.toMatchObject({ code: 'vault_locked' })
    const backup = await readFile(`${file}.bak`, 'utf8')
    expect(backup).toBe(await readFile(file, 'utf8'))
    expect(notices).toEqual([])
  })

  it('says of a newer format that it is one', async () => {
    await (await open({ vaultKey: key })).set(token, value)
    const stored = JSON.parse(await readFile(file, 'utf8'))
    await writeFile(file, JSON.stringify({ ...stored, version: 2 }))
    expect(await open({ vaultKey: key })).toMatchObject({
      state: { status: 'unavailable', reason: { code: 'state_corrupt' } },
    })
  })

  it('stores many at once', async () => {
    const vault = await open({ vaultKey: key })
    const names = Array.from({ length: 20 }, (_, i) => secretNameSchema.parse(`s${i}`))
    await Promise.all(names.map((name) => vault.set(name, `value of ${name}`)))
    expect(await Promise.all(names.map((name) => vault.get(name)))).toEqual(
      names.map((name) => `value of ${name}`),
    )
  })
})

describe('no vault', () => {
  it('stores nothing and says so', async () => {
    const vault = await open()
    expect(vault).toMatchObject({
      kind: 'none',
      state: { status: 'unavailable', reason: { code: 'vault_unavailable' } },
    })
    await expect(vault.get(token)).rejects.toMatchObject({ code: 'vault_unavailable' })
    await expect(vault.set(token, value)).rejects.toMatchObject({ code: 'vault_unavailable' })
    expect(await readdir(dataDir)).toEqual([])
  })
})
