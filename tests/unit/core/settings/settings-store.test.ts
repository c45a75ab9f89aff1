import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSettings, readSettings } from '../../../../src/core/settings/settings-store.ts'
import type { ErrorInfo } from '../../../../src/shared/domain/errors.ts'
import { defaultSettings, type Settings } from '../../../../src/shared/domain/settings.ts'

let directory: string
let file: string
let notices: ErrorInfo[]

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mcp-manager-settings-'))
  file = join(directory, 'settings.json')
  notices = []
})
afterEach(async () => {
  await rm(directory, { recursive: true, force: true })
})

const open = () => openSettings({ file, now: () => 1, onNotice: (notice) => notices.push(notice) })

test('a fresh start has the defaults, and a change lasts and is told', async () => {
  const settings = await open()
  expect(settings.get()).toEqual(defaultSettings)
  const told: Settings[] = []
  const end = settings.onDidChange((changed) => told.push(changed))
  const dark = await settings.change({ appearance: { theme: 'dark' } })
  expect(dark).toEqual({ ...defaultSettings, appearance: { theme: 'dark' } })
  end()
  await settings.change({ logs: { keepDays: 1, keepMegabytes: 10 }, network: undefined })
  expect(told).toEqual([dark])
  const expected = { ...dark, logs: { keepDays: 1, keepMegabytes: 10 } }
  expect((await open()).get()).toEqual(expected)
  expect(await readSettings(file)).toEqual(expected)
})

test('changes of different groups at once are both kept', async () => {
  const settings = await open()
  await Promise.all([
    settings.change({ startup: { startServers: false } }),
    settings.change({ network: { port: 2_000 } }),
  ])
  expect(settings.get()).toMatchObject({
    startup: { startServers: false },
    network: { port: 2_000 },
  })
})

test('a look from outside writes nothing, also where the file is damaged', async () => {
  expect(await readSettings(file)).toEqual(defaultSettings)
  await writeFile(file, '{"version": 1, "data": {"network": {"port": 80}}}')
  expect(await readSettings(file)).toEqual(defaultSettings)
  expect(await readFile(file, 'utf8')).toContain('80')
  expect((await open()).get()).toEqual(defaultSettings)
  expect(notices).toMatchObject([{ code: 'state_corrupt', data: { file } }])
})

test('settings of format 1 keep what was set, and all is done automatically as it was', async () => {
  const { automation, ...former } = { ...defaultSettings, startup: { startServers: false } }
  await writeFile(file, JSON.stringify({ version: 1, data: former }))
  expect(await readSettings(file)).toEqual({ ...former, automation })
  expect((await open()).get()).toEqual({ ...former, automation })
  expect(automation).toEqual({ restart: true, park: true, kill: true, reap: true })
  expect(notices).toEqual([])
})
