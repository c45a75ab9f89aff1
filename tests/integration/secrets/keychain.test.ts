import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'

const run = promisify(execFile)
const script = fileURLToPath(new URL('../../../scripts/with-keyring.sh', import.meta.url))
const session = fileURLToPath(new URL('../../fixtures/keychain-session.ts', import.meta.url))

const isLinux = process.platform === 'linux'

let directory = ''
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'keychain-'))
})
afterEach(() => rm(directory, { recursive: true, force: true }))

/**
 * Runs the fixture, on Linux in a private session whose keyring is kept between the calls of one test. Elsewhere it is
 * the person's own keychain: entries are then namespaced by the temporary data directory, and removed by the test.
 */
async function inSession(
  flags: readonly string[],
  dataDir: string,
  steps: readonly string[],
  timeoutMs = 10_000,
): Promise<unknown> {
  const command = [process.execPath, session, dataDir, String(timeoutMs), ...steps]
  const [program = '', ...args] = isLinux ? [script, ...flags, ...command] : command
  const env = { ...process.env, XDG_DATA_HOME: join(directory, 'keyrings') }
  const { stdout } = await run(program, args, { env, timeout: 60_000 })
  return JSON.parse(stdout)
}

const ready = { kind: 'keychain', state: { status: 'ready' } }

beforeAll(async () => {
  for (const command of isLinux ? ['gnome-keyring-daemon', 'dbus-run-session', 'dbus-send'] : []) {
    await run('which', [command]).catch((cause: unknown) => {
      const message = `${command} is missing. On Debian and Ubuntu: apt-get install -y gnome-keyring dbus`
      throw new Error(message, { cause })
    })
  }
})

it('keeps secrets over a restart, and tells data directories apart', async () => {
  const one = join(directory, 'one')
  const two = join(directory, 'two')
  const steps = ['get a', 'has a', 'set a first', 'set a sécret', 'get a']
  expect(await inSession([], one, steps)).toEqual([ready, null, false, null, null, 'sécret'])
  expect(await inSession([], two, ['get a'])).toEqual([ready, null])
  const more = ['get a', 'has a', 'delete a', 'delete a', 'get a']
  expect(await inSession([], one, more)).toEqual([ready, 'sécret', true, true, false, null])
})

// Only Linux can have a keychain that is nobody's, to be locked and stopped.
describe.runIf(isLinux)('a keychain that cannot be used', () => {
  it('never takes a locked keychain for an empty one', async () => {
    const dataDir = join(directory, 'data')
    await inSession([], dataDir, ['set a sécret'])
    const locked = {
      kind: 'keychain',
      state: { status: 'locked', reason: { code: 'vault_locked' } },
    }
    const outcomes = await inSession(['--locked'], dataDir, [
      'get a',
      'has a',
      'set a other',
      'delete a',
    ])
    expect(outcomes).toMatchObject([
      locked,
      { code: 'vault_locked' },
      { code: 'vault_locked' },
      { code: 'vault_locked' },
      { code: 'vault_locked' },
    ])
    expect(await inSession([], dataDir, ['get a'])).toEqual([ready, 'sécret'])
  })

  it('is no vault when there is no collection', async () => {
    const outcomes = await inSession(['--locked'], join(directory, 'data'), ['set a x'])
    expect(outcomes).toMatchObject([
      { kind: 'none', state: { status: 'unavailable', reason: { code: 'vault_unavailable' } } },
      { code: 'vault_unavailable' },
    ])
  })

  it('is no vault when there is no D-Bus', async () => {
    const env = { PATH: process.env['PATH'], HOME: directory, XDG_RUNTIME_DIR: directory }
    const dataDir = join(directory, 'data')
    const { stdout } = await run(
      process.execPath,
      [session, dataDir, '10000', 'get a', 'set a x'],
      { env },
    )
    expect(JSON.parse(stdout)).toMatchObject([
      {
        kind: 'none',
        state: {
          status: 'unavailable',
          reason: { code: 'vault_unavailable', data: { reason: expect.stringContaining('DBus') } },
        },
      },
      { code: 'vault_unavailable' },
      { code: 'vault_unavailable' },
    ])
  })

  it.each([
    ['this program gives up', 500],
    ['libdbus gives up', 30_000],
  ])(
    'is locked while it does not answer, and works again once it does: %s',
    async (_, timeoutMs) => {
      const steps = ['set a sécret', 'freeze', 'get a', 'state', 'thaw', 'get a', 'state']
      const outcomes = await inSession([], join(directory, 'data'), steps, timeoutMs)
      expect(outcomes).toMatchObject([
        ready,
        null,
        true,
        { code: 'vault_locked' },
        {
          kind: 'keychain',
          state: { status: 'locked', reason: { data: { reason: 'no_answer' } } },
        },
        true,
        'sécret',
        ready,
      ])
    },
  )
})
