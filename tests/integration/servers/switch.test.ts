import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Core } from '../../../src/core/create-core.ts'
import type { ServerId } from '../../../src/shared/domain/ids.ts'
import { stateWords } from '../../../src/shared/domain/state-words.ts'
import {
  fixtureServer,
  inPhase,
  makeTempHome,
  openTempCore,
  phaseOf,
  processesOf,
  quickTiming,
  settled,
  stdio,
} from '../temp-core.ts'

/** The switch, as the host's `servers.setEnabled` does it. */
async function setEnabled(core: Core, id: ServerId, enabled: boolean): Promise<void> {
  await core.registry.change(id, (server) => ({ ...server, enabled }))
  core.supervisor.reconcile(id)
}

function storedEnabled(dataDir: string): unknown {
  const file: unknown = JSON.parse(readFileSync(join(dataDir, 'servers.json'), 'utf8'))
  return file
}

test('the switch is saved and what runs follows at once', async () => {
  const { core, at, addFixture, state } = await openTempCore()
  const server = await addFixture('ok')
  await setEnabled(core, server.id, true)
  expect(state(server.id).phase).toBe('starting')
  expect(storedEnabled(at.data)).toMatchObject({ data: { servers: [{ enabled: true }] } })
  inPhase(await settled(core, server.id), 'running')
  await setEnabled(core, server.id, false)
  expect(state(server.id).phase).toBe('stopping')
  expect(storedEnabled(at.data)).toMatchObject({ data: { servers: [{ enabled: false }] } })
  const view = await settled(core, server.id)
  expect(view.state.phase).toBe('stopped')
  expect(stateWords(view, Date.now())).toBe('Off')
  expect(processesOf(at.root)).toEqual([])
})

test('a server that a person stopped starts at the next launch; one that is off does not', async () => {
  const at = makeTempHome()
  const first = await openTempCore({}, at)
  const on = await first.addFixture('ok')
  const off = await first.add('off', stdio(process.execPath, fixtureServer, 'ok'))
  await setEnabled(first.core, on.id, true)
  await settled(first.core, on.id)
  first.core.supervisor.command(on.id, 'stop')
  const stopped = await settled(first.core, on.id)
  expect(stateWords(stopped, Date.now())).toBe('Stopped by you, starts at next launch')
  // Started by hand, for this run only.
  inPhase(await first.start(off.id), 'running')
  await first.close()

  const second = await openTempCore({}, at)
  expect(second.state(on.id)).toEqual({ phase: 'stopped', reason: 'new', exit: null })
  second.core.supervisor.open(true)
  inPhase(await settled(second.core, on.id), 'running')
  expect(second.state(off.id)).toEqual({ phase: 'stopped', reason: 'new', exit: null })
  expect(second.core.supervisor.view(on.id).stats.restarts).toBe(0)
})

test('after it was closed a core starts nothing', async () => {
  const { core, at, addFixture, close } = await openTempCore()
  const server = await addFixture('ok')
  await close()
  core.supervisor.command(server.id, 'start')
  core.supervisor.command(server.id, 'restart')
  await setEnabled(core, server.id, true)
  expect(core.supervisor.view(server.id).state.phase).toBe('stopped')
  expect(processesOf(at.root)).toEqual([])
})

test('servers start in parallel, and those that hang hold up no other, however many they are', async () => {
  const { core, add } = await openTempCore({ timing: { ...quickTiming, placeMs: 50 } })
  const places = Math.max(8, availableParallelism() * 2)
  const hanging = await Promise.all(
    Array.from({ length: places }, (_, index) => add(`hangs ${index}`, stdio('/bin/sleep', '600'))),
  )
  for (const server of hanging) core.supervisor.command(server.id, 'start')
  const others = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      add(`server ${index}`, stdio(process.execPath, fixtureServer, 'ok')),
    ),
  )
  for (const server of others) core.supervisor.command(server.id, 'start')
  for (const server of others) inPhase(await settled(core, server.id), 'running')
  for (const server of hanging) {
    expect(core.supervisor.view(server.id).state).toMatchObject({
      phase: 'starting',
      step: 'handshake',
    })
  }
})

test('restarts are counted, and a restart by hand is one', async () => {
  const { core, start, addFixture } = await openTempCore()
  const server = await addFixture('ok')
  await start(server.id)
  for (const count of [1, 2]) {
    core.supervisor.command(server.id, 'restart')
    await phaseOf(core, server.id, 'stopping')
    await phaseOf(core, server.id, 'running')
    expect(core.supervisor.view(server.id).stats.restarts).toBe(count)
  }
})

test('a server whose imported definition changed is stopped, whoever started it', async () => {
  const { core, at, start, state } = await openTempCore()
  const file = join(at.root, 'p', '.mcp.json')
  mkdirSync(join(at.root, 'p'))
  const write = (args: string[]) =>
    writeFileSync(
      file,
      JSON.stringify({ mcpServers: { one: { command: process.execPath, args } } }),
    )
  const run = (more = false) =>
    core.importer.run({
      files: [{ file, format: null, text: null }],
      dryRun: false,
      start: more,
      only: null,
      leaveOut: [],
    })

  for (const how of ['switch', 'hand'] as const) {
    write([fixtureServer, 'ok', how])
    const { imported } = await run()
    const [id] = imported
    if (id === undefined) throw new Error('nothing was imported')
    if (how === 'switch') await setEnabled(core, id, true)
    else core.supervisor.command(id, 'start')
    inPhase(await settled(core, id), 'running')
    write([fixtureServer, 'ok', how, 'changed'])
    const { report } = await run()
    expect(report.servers[0]?.change).toBe('changed')
    await settled(core, id)
    expect(state(id)).toMatchObject({ phase: 'stopped' })
    expect(core.registry.get(id).enabled).toBe(false)
    expect(processesOf(at.root)).toEqual([])
    // Somebody looked at it.
    inPhase(await start(id), 'running')
    core.supervisor.command(id, 'stop')
    await settled(core, id)
  }
})
