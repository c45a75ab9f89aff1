import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, watch } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { openVault } from '../../../src/core/secrets/open-vault.ts'
import { secretNameSchema } from '../../../src/shared/domain/ids.ts'

const writer = fileURLToPath(new URL('../../fixtures/vault-writer.ts', import.meta.url))

function makeDataDir(): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'mcp-manager-kill-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  return dataDir
}

/**
 * Starts the writer and kills it (SIGKILL) at a change of the data directory that a write makes. Answers with the numbers that
 * it acknowledged.
 * @param change which one: each write makes a few of them, for the file and for its backup.
 */
async function killAt(change: number, dataDir: string, ...args: string[]): Promise<number[]> {
  const child: ChildProcess = spawn(process.execPath, [writer, dataDir, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    printed += text
  })
  let changes = 0
  const watcher = watch(dataDir, () => {
    changes += 1
    if (changes === change) child.kill('SIGKILL')
  })
  await once(child, 'close')
  watcher.close()
  return printed.split('\n').slice(0, -1).map(Number)
}

function open(dataDir: string, vaultKey: string) {
  return openVault({
    dataDir,
    vaultKey,
    keychain: 'never',
    keychainTimeoutMs: 1_000,
    now: Date.now,
    onNotice: () => undefined,
  })
}

test('a kill in the middle of a write loses nothing that was acknowledged', async () => {
  const dataDir = makeDataDir()
  const key = 'a key of enough characters'
  const acknowledged: number[] = []
  for (const change of [1, 13, 26, 39]) {
    acknowledged.push(...(await killAt(change, dataDir, key, 'set', String(acknowledged.length))))
  }
  expect(acknowledged.length).toBeGreaterThan(0)
  const vault = await open(dataDir, key)
  expect(vault.state).toEqual({ status: 'ready' })
  for (const number of acknowledged) {
    const name = secretNameSchema.parse(`s${number}`)
    expect(await vault.get(name)).toBe(name)
  }
})

test('a kill while the vault is sealed anew leaves one that one of the two keys opens, with all in it', async () => {
  const dataDir = makeDataDir()
  const keys = ['the first of two keys', 'the second of two keys'] as const
  const names = Array.from({ length: 10 }, (_, number) => secretNameSchema.parse(`s${number}`))
  const first = await open(dataDir, keys[0])
  for (const name of names) await first.set(name, name)
  let current: (typeof keys)[number] = keys[0]
  const outcomes = new Set<boolean>()
  // At different points, and until one kill came before the new seal was in its place: that one did hit the middle.
  for (let round = 0; round < 3 || (!outcomes.has(false) && round < 20); round += 1) {
    const change = [1, 3, 5][round] ?? 1
    const next: (typeof keys)[number] = current === keys[0] ? keys[1] : keys[0]
    await killAt(change, dataDir, current, 'rekey', next)
    const old = await open(dataDir, current)
    const isSealedAnew = old.state.status === 'locked'
    outcomes.add(isSealedAnew)
    const vault = isSealedAnew ? await open(dataDir, next) : old
    expect(vault.state).toEqual({ status: 'ready' })
    for (const name of names) expect(await vault.get(name)).toBe(name)
    if (isSealedAnew) current = next
  }
  expect(outcomes).toContain(false)
})
