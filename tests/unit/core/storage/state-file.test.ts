import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { openStateFile, type StateFileOptions } from '../../../../src/core/storage/state-file.ts'
import type { ErrorInfo } from '../../../../src/shared/domain/errors.ts'

const schema = z.object({ names: z.array(z.string()) })
type State = z.infer<typeof schema>

let directory = ''
let file = ''
let notices: ErrorInfo[] = []
let now = Date.UTC(2026, 10, 20, 13, 30, 15, 42)

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'state-file-'))
  file = join(directory, 'state', 'config.json')
  notices = []
  now = Date.UTC(2026, 10, 20, 13, 30, 15, 42)
})
afterEach(() => rm(directory, { recursive: true, force: true }))

function options(extra: Partial<StateFileOptions<State>> = {}): StateFileOptions<State> {
  return {
    file,
    schema,
    version: 1,
    migrations: {},
    defaults: () => ({ names: [] }),
    now: () => now,
    onNotice: (notice) => notices.push(notice),
    ...extra,
  }
}

const add = (name: string) => (state: State) => ({ names: [...state.names, name] })
const text = (data: unknown, version = 1) => JSON.stringify({ version, data })

async function put(content: string): Promise<void> {
  await mkdir(join(directory, 'state'), { recursive: true })
  await writeFile(file, content)
}

describe('openStateFile', () => {
  it('starts from the defaults and writes nothing until there is something to store', async () => {
    const state = await openStateFile(options())
    expect(state.get()).toEqual({ names: [] })
    expect(await readdir(directory)).toEqual([])
  })

  it('stores an update for the next start, for its owner only, with a backup and no temporary file', async () => {
    const state = await openStateFile(options())
    await state.update(add('a'))
    expect((await openStateFile(options())).get()).toEqual({ names: ['a'] })
    expect((await readdir(join(directory, 'state'))).toSorted()).toEqual([
      'config.json',
      'config.json.bak',
    ])
    // Windows has no such modes: there the profile's own access list keeps others out.
    const forOthers = process.platform === 'win32' ? 0 : (await stat(file)).mode & 0o077
    expect(forOthers).toBe(0)
    expect(notices).toEqual([])
  })

  it('runs updates one after the other, and goes on after one that throws', async () => {
    const state = await openStateFile(options())
    const failing = state.update(() => {
      throw new Error('no')
    })
    const all = Array.from({ length: 20 }, (_, i) => state.update(add(String(i))))
    await expect(failing).rejects.toThrow('no')
    await Promise.all(all)
    expect((await openStateFile(options())).get().names).toEqual(
      Array.from({ length: 20 }, (_, i) => String(i)),
    )
  })

  it('writes nothing when the update changes nothing', async () => {
    const state = await openStateFile(options())
    await state.update((held) => held)
    expect(await readdir(directory)).toEqual([])
  })

  it('refuses a state that its schema does not allow and keeps the old one', async () => {
    const state = await openStateFile(
      options({ schema: z.object({ names: z.array(z.string()).max(1) }) }),
    )
    await state.update(add('a'))
    await expect(state.update(add('b'))).rejects.toMatchObject({ code: 'internal' })
    expect(state.get()).toEqual({ names: ['a'] })
  })

  const damaged: readonly (readonly [string, (good: string) => string])[] = [
    ['truncated', (good) => good.slice(0, good.length / 2)],
    ['empty', () => ''],
    ['zeros, as after a power cut', (good) => '\0'.repeat(good.length)],
    ['not an envelope', () => '{"names":[]}'],
    ['of another shape', () => text({ names: 'a' })],
    ['an array', () => '[]'],
  ]
  it.each(damaged)(
    'restores the backup of a file that is %s, and keeps the bad one',
    async (_, spoil) => {
      const first = await openStateFile(options())
      await first.update(add('a'))
      const bad = spoil(await readFile(file, 'utf8'))
      await writeFile(file, bad)

      const second = await openStateFile(options())
      expect(second.get()).toEqual({ names: ['a'] })
      const keptAs = `${file}.corrupt-20261120-133015-042`
      expect(await readFile(keptAs, 'utf8')).toBe(bad)
      expect(notices).toMatchObject([
        { code: 'state_corrupt', data: { file, keptAs, restoredFrom: `${file}.bak` } },
      ])
      await openStateFile(options())
      expect(notices).toHaveLength(1)
    },
  )

  it('starts anew, and says so, when there is no good backup either', async () => {
    await put('{')
    const state = await openStateFile(options())
    expect(state.get()).toEqual({ names: [] })
    expect(notices).toMatchObject([{ code: 'state_corrupt', data: { restoredFrom: 'defaults' } }])
  })

  it('leaves the damaged file in place under whenLost: throw, and keeps one copy however often it is tried', async () => {
    await put('{')
    for (let attempt = 0; attempt < 3; attempt += 1) {
      now += 1000
      await expect(openStateFile(options({ whenLost: 'throw' }))).rejects.toMatchObject({
        code: 'state_corrupt',
      })
    }
    expect(await readFile(file, 'utf8')).toBe('{')
    expect(await readdir(join(directory, 'state'))).toHaveLength(2)
  })

  it('never writes over a damaged file of which no copy could be made', async () => {
    await put('{')
    // A directory under the name of an earlier copy: comparing with it fails, so no copy is made.
    await mkdir(`${file}.corrupt-in-the-way`)
    const state = await openStateFile(options())
    expect(notices).toMatchObject([{ code: 'state_corrupt', data: { keptAs: file } }])
    await expect(state.update(add('a'))).rejects.toMatchObject({ code: 'state_read_only' })
    expect(await readFile(file, 'utf8')).toBe('{')
    await rm(`${file}.corrupt-in-the-way`, { recursive: true })
    await state.update(add('a'))
    expect((await openStateFile(options())).get()).toEqual({ names: ['a'] })
  })

  it('never takes a file that cannot be read for an empty one', async () => {
    await mkdir(file, { recursive: true })
    await expect(openStateFile(options())).rejects.toMatchObject({
      code: 'file_unreadable',
      data: { file, reason: 'EISDIR' },
    })
  })

  it('accepts a byte order mark', async () => {
    await put(`\uFEFF${text({ names: ['a'] })}`)
    expect((await openStateFile(options())).get()).toEqual({ names: ['a'] })
    expect(notices).toEqual([])
  })

  it('migrates an older format after a copy of it was made', async () => {
    await put(text(['a'], 1))
    const migrations = {
      1: (data: unknown) => ({ list: data }),
      2: (data: unknown) => ({ names: z.object({ list: z.array(z.string()) }).parse(data).list }),
    }
    const state = await openStateFile(options({ version: 3, migrations }))
    expect(state.get()).toEqual({ names: ['a'] })
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ version: 3, data: { names: ['a'] } })
    expect(await readFile(`${file}.v1-20261120-133015-042.bak`, 'utf8')).toBe(text(['a'], 1))
    expect(notices).toEqual([])
  })

  it('keeps a file whose migration fails', async () => {
    await put(text(['a'], 1))
    const migrations = {
      1: () => {
        throw new Error('unexpected')
      },
    }
    const state = await openStateFile(options({ version: 2, migrations }))
    expect(state.get()).toEqual({ names: [] })
    expect(await readFile(`${file}.corrupt-20261120-133015-042`, 'utf8')).toBe(text(['a'], 1))
  })

  it('refuses a file of a newer version and does not touch it', async () => {
    await put(text({ future: true }, 9))
    await expect(openStateFile(options())).rejects.toMatchObject({
      code: 'state_corrupt',
      data: { reason: 'newer_version', found: 9, known: 1 },
    })
    expect(await readdir(join(directory, 'state'))).toEqual(['config.json'])
  })

  it('fails the update of a write-protected file and keeps the state as it was', async () => {
    const state = await openStateFile(options())
    await state.update(add('a'))
    await chmod(file, 0o444)
    await expect(state.update(add('b'))).rejects.toMatchObject({
      code: 'state_read_only',
      data: { file, reason: 'read_only', writeProtected: 'yes' },
    })
    expect(state.get()).toEqual({ names: ['a'] })
    await chmod(file, 0o600)
    await state.update(add('c'))
    expect((await openStateFile(options())).get()).toEqual({ names: ['a', 'c'] })
  })

  it('fails the update when the directory cannot be made, and leaves nothing behind', async () => {
    await writeFile(join(directory, 'state'), 'a file is in the way')
    await expect(openStateFile(options())).rejects.toMatchObject({ code: 'file_unreadable' })
    await rm(join(directory, 'state'))
    const state = await openStateFile(options())
    await writeFile(join(directory, 'state'), 'a file is in the way')
    await expect(state.update(add('a'))).rejects.toMatchObject({ code: 'state_read_only' })
    expect(state.get()).toEqual({ names: [] })
    expect(await readdir(directory)).toEqual(['state'])
  })

  it('writes through a symbolic link', async () => {
    const real = join(directory, 'dotfiles.json')
    await writeFile(real, text({ names: [] }))
    await mkdir(join(directory, 'state'))
    await symlink(real, file)
    const state = await openStateFile(options())
    await state.update(add('a'))
    expect(JSON.parse(await readFile(real, 'utf8'))).toEqual({ version: 1, data: { names: ['a'] } })
  })

  it('sees what another writer stored: on reload, and before an update when asked to', async () => {
    const one = await openStateFile(options())
    const two = await openStateFile(options({ rereadBeforeUpdate: true }))
    await one.update(add('a'))
    await two.update(add('b'))
    expect(two.get()).toEqual({ names: ['a', 'b'] })
    expect(one.get()).toEqual({ names: ['a'] })
    expect(await one.reload()).toEqual({ names: ['a', 'b'] })
  })
})
