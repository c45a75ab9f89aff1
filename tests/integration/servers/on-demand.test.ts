import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Inventory } from '../../../src/shared/domain/inventory.ts'
import { defaultSupervision, type Supervision } from '../../../src/shared/domain/supervision.ts'
import {
  codeOf,
  fixtureServer,
  openTempCore,
  phaseOf,
  processesOf,
  stdio,
  type TempCore,
  textOf,
  viewWhere,
} from '../temp-core.ts'

const onDemand = (more: Partial<Supervision> = {}) => ({
  supervision: { ...defaultSupervision, start: 'on-demand', ...more } as const,
})

/** A server that starts on demand, switched on. */
async function addOnDemand(temp: TempCore, more: Partial<Supervision> = {}, mode = 'ok') {
  const transport = stdio(process.execPath, fixtureServer, mode)
  const server = await temp.add(mode, transport, onDemand(more))
  await temp.core.registry.change(server.id, (one) => ({ ...one, enabled: true }))
  temp.core.supervisor.reconcile(server.id)
  return server.id
}
const idle = { phase: 'stopped', reason: 'idle' }

test('switched on it waits; a call starts it, and it rests again after a time without calls', async () => {
  const temp = await openTempCore()
  const { core, call } = temp
  const id = await addOnDemand(temp, { idleStopMs: 1_000 })
  expect(core.supervisor.view(id).state).toEqual({ ...idle, exit: null })
  expect(processesOf(temp.at.root)).toEqual([])

  expect(textOf(await call(id, 'echo', { message: 'first' }))).toBe('first')
  const rested = await viewWhere(core, id, ({ state }) => state.phase === 'stopped')
  expect(rested.state).toEqual({ ...idle, exit: { code: 0, signal: null } })
  expect(processesOf(temp.at.root)).toEqual([])
  expect(core.actions.list()).toMatchObject([
    { kind: 'start-on-demand', use: 'call', serverId: id },
    { kind: 'idle-stop', idleMs: 1_000, serverId: id },
  ])
  // What it offers is remembered, and to look at it starts nothing.
  const names = (await core.tools.inventory(id)).tools.map((tool) => tool.name)
  expect(names).toContain('echo')
  expect(core.tools.listed().map(({ serverId }) => serverId)).toEqual([id])
  expect(core.supervisor.view(id).state.phase).toBe('stopped')
  expect(textOf(await call(id, 'echo', { message: 'second' }))).toBe('second')
  expect(core.supervisor.view(id).stats.restarts).toBe(0)
})

test('a call that is out keeps it running, and one that comes while it stops starts it again', async () => {
  const temp = await openTempCore()
  const { core, call } = temp
  const id = await addOnDemand(temp, { idleStopMs: 1_000 })
  const long = call(id, 'slow', { steps: 6, everyMs: 250 })
  expect(textOf(await long)).toBe('done after 6 steps')
  expect(core.supervisor.view(id).state).toMatchObject({ phase: 'running', generation: 1 })
  await phaseOf(core, id, 'stopping')
  expect(textOf(await call(id, 'echo', { message: 'not so fast' }))).toBe('not so fast')
  expect(core.supervisor.view(id).state).toMatchObject({ phase: 'running', generation: 2 })
})

test('a listing starts what was never listed, once for all who ask', async () => {
  const temp = await openTempCore()
  const id = await addOnDemand(temp)
  const [one, other] = await Promise.all([
    temp.core.tools.inventory(id),
    temp.core.tools.inventory(id),
  ])
  expect(other).toEqual(one)
  expect(await temp.core.tools.inventories()).toEqual([one])
  expect(temp.core.actions.list()).toMatchObject([{ kind: 'start-on-demand', use: 'list' }])
})

test('who asks for all waits for none that was never listed: it starts, and who watches is told', async () => {
  const temp = await openTempCore()
  const { core } = temp
  // It never shakes hands: whoever waited for it would get no answer.
  await addOnDemand(temp, {}, 'hang-in-handshake')
  const id = await addOnDemand(temp)
  const listed = Promise.withResolvers<Inventory>()
  core.tools.onDidChangeInventory((change) => {
    if (change.type === 'listed') listed.resolve(change.inventory)
  })
  expect(await core.tools.inventories()).toEqual([])
  expect((await listed.promise).serverId).toBe(id)
  expect((await core.tools.inventories()).map(({ serverId }) => serverId)).toEqual([id])
})

test('to stop it means that no use starts it, and to switch it off as well', async () => {
  const temp = await openTempCore()
  const { core, call } = temp
  const id = await addOnDemand(temp)
  core.supervisor.command(id, 'stop')
  expect(await codeOf(call(id, 'echo'))).toBe('server_not_running')
  core.supervisor.reconcile(id)
  expect(core.supervisor.view(id).state).toMatchObject(idle)
  await core.registry.change(id, (one) => ({ ...one, enabled: false }))
  expect(await codeOf(call(id, 'echo'))).toBe('server_not_running')
  expect(core.actions.list()).toEqual([])
})

test('a tool that is switched off starts nothing', async () => {
  const temp = await openTempCore()
  const id = await addOnDemand(temp)
  await temp.core.editor.edit(id, { tools: { allow: null, deny: ['echo'] } })
  expect(await codeOf(temp.call(id, 'echo'))).toBe('tool_not_found')
  expect(temp.core.supervisor.view(id).state).toMatchObject(idle)
})

test('what it offered is forgotten with a changed command, and it starts with the host from then on', async () => {
  const temp = await openTempCore()
  const { core } = temp
  const id = await addOnDemand(temp, { idleStopMs: 1_000 })
  await core.tools.inventory(id)
  await viewWhere(core, id, ({ state }) => state.phase === 'stopped')
  expect(core.tools.listed()).toHaveLength(1)
  await core.editor.edit(id, { transport: stdio(process.execPath, fixtureServer, 'noise') })
  expect(core.tools.listed()).toEqual([])
  await core.editor.edit(id, { supervision: defaultSupervision })
  await phaseOf(core, id, 'running')
})

test('a time without calls that is set while it runs counts from then', async () => {
  const temp = await openTempCore()
  const { core } = temp
  const id = await addOnDemand(temp)
  await core.tools.inventory(id)
  const { supervision } = onDemand({ idleStopMs: 1_000 })
  await core.editor.edit(id, { supervision })
  await viewWhere(core, id, ({ state }) => state.phase === 'stopped')
  expect(core.supervisor.view(id).state).toMatchObject(idle)
})

test('what it offers is remembered over a restart of the program, without its secrets', async () => {
  const temp = await openTempCore()
  const id = await addOnDemand(temp)
  const before = await temp.core.tools.inventory(id)
  // It is written beside the answer, and nobody waits for it.
  await expect.poll(() => readFileSync(join(temp.at.data, 'cache.json'), 'utf8')).toContain(id)
  await temp.close()
  const next = await openTempCore({}, temp.at)
  next.core.supervisor.open(true)
  expect(next.core.tools.listed()).toEqual([before])
  expect(next.core.supervisor.view(id).stats.counts?.tools).toBe(before.tools.length)
  expect(await next.core.tools.inventory(id)).toEqual(before)
  expect(next.state(id)).toMatchObject(idle)
  expect(processesOf(temp.at.root)).toEqual([])
  expect(textOf(await next.call(id, 'echo', { message: 'woken' }))).toBe('woken')
})

test('without a start of servers those on demand are ready all the same', async () => {
  const temp = await openTempCore()
  const id = await addOnDemand(temp)
  const other = await temp.addFixture('noise')
  await temp.core.registry.change(other.id, (one) => ({ ...one, enabled: true }))
  await temp.close()
  const next = await openTempCore({}, temp.at)
  next.core.supervisor.open(false)
  expect(next.state(id)).toMatchObject(idle)
  expect(next.state(other.id)).toMatchObject({ phase: 'stopped', reason: 'new' })
})
