import { expect, onTestFinished, test } from 'vitest'
import type { ResourcesEvent } from '../../../src/shared/contract/resources.ts'
import type { AutomaticAction } from '../../../src/shared/domain/automatic-action.ts'
import { AppError } from '../../../src/shared/domain/errors.ts'
import type { ServerId } from '../../../src/shared/domain/ids.ts'
import type { ResourceSample } from '../../../src/shared/domain/resources.ts'
import { defaultSupervision, type ResourceLimits } from '../../../src/shared/domain/supervision.ts'
import {
  fixtureServer,
  inPhase,
  openTempCore,
  processesOf,
  quickTiming,
  stdio,
  type TempCore,
  textOf,
  viewWhere,
} from '../temp-core.ts'

const megabyte = 1e6
/** Looks that come quickly: what takes ten seconds for processor time takes as long here. */
const timing = { ...quickTiming, lookMs: 200 }

/** A server that runs, with ceilings. */
async function startWith(temp: TempCore, limits: Partial<ResourceLimits>) {
  const { id } = await temp.add('eater', stdio(process.execPath, fixtureServer, 'ok'), {
    supervision: {
      ...defaultSupervision,
      limits: { ...defaultSupervision.limits, ...limits },
    },
  })
  await temp.start(id)
  return id
}

/** Waits for a sample that fulfils the condition. */
async function sampleWhere(
  { core }: TempCore,
  id: ServerId,
  condition: (sample: ResourceSample) => boolean,
): Promise<ResourceSample> {
  return await new Promise((resolve) => {
    const end = core.resources.watch((event: ResourcesEvent) => {
      if (event.type === 'sample' && event.serverId === id && condition(event.sample)) {
        resolve(event.sample)
      }
    })
    onTestFinished(end)
  })
}

function codeOfError(error: unknown): string {
  return error instanceof AppError ? error.code : String(error)
}

/** The next action of the program. */
function nextAction({ core }: TempCore): Promise<AutomaticAction> {
  return new Promise((resolve) => {
    const end = core.actions.onDidChange((event) => {
      if (event.type === 'action') resolve(event.action)
    })
    onTestFinished(end)
  })
}

test('the whole tree is measured: memory and a busy core of a child', async () => {
  const temp = await openTempCore({ timing })
  const id = await startWith(temp, {})
  const alone = await sampleWhere(temp, id, ({ processes }) => processes === 1)
  await temp.call(id, 'eat', { memoryBytes: 150 * megabyte })
  const more = await sampleWhere(
    temp,
    id,
    ({ memoryBytes }) => memoryBytes > alone.memoryBytes + 150 * megabyte,
  )
  expect(more.processes).toBe(2)
  await temp.call(id, 'eat')
  // How much of a core it gets is the machine's to say; a tree at rest takes nothing.
  const isBusy = ({ cpuPercent, processes }: ResourceSample) => processes === 3 && cpuPercent > 20
  expect(await sampleWhere(temp, id, isBusy)).toMatchObject({ processes: 3 })
})

test('memory above its ceiling is warned of, and shown until it is over', async () => {
  const temp = await openTempCore({ timing })
  const id = await startWith(temp, { memoryBytes: 200 * megabyte })
  const warned = nextAction(temp)
  await temp.call(id, 'eat', { memoryBytes: 220 * megabyte })
  expect(await warned).toMatchObject({
    kind: 'ceiling-warning',
    serverId: id,
    serverName: 'eater',
    exceeded: { resource: 'memory', limitBytes: 200 * megabyte },
  })
  const { stats, state } = temp.core.supervisor.view(id)
  expect([stats.exceeded?.resource, state.phase]).toEqual(['memory', 'running'])
  temp.core.supervisor.command(id, 'stop')
  await viewWhere(temp.core, id, (view) => view.state.phase === 'stopped')
  expect(temp.core.supervisor.view(id).stats.exceeded).toBeNull()
})

test('memory far above its ceiling is a reason to restart, which ends the whole tree', async () => {
  const temp = await openTempCore({ timing })
  const id = await startWith(temp, { memoryBytes: 100 * megabyte, onExceeded: 'restart' })
  const first = inPhase(temp.core.supervisor.view(id), 'running').pid
  const done = nextAction(temp)
  // The restart may come before the answer.
  const call = temp.call(id, 'eat', { memoryBytes: 300 * megabyte }).then(textOf, codeOfError)
  expect(await done).toMatchObject({
    kind: 'restart',
    heldBack: false,
    cause: { type: 'ceiling', exceeded: { resource: 'memory' } },
  })
  const again = await viewWhere(
    temp.core,
    id,
    ({ state }) => state.phase === 'running' && state.pid !== first,
  )
  expect(again.stats).toMatchObject({ exceeded: null, restarts: 1 })
  expect(await call).toMatch(/^(?:exited|server_not_running|\d+)$/)
  expect(processesOf(temp.at.root)).toHaveLength(1)
})

test('a restart that is switched off is told of, and not made', async () => {
  const temp = await openTempCore({ timing })
  const { automation } = temp.core.settings.get()
  await temp.core.settings.change({ automation: { ...automation, restart: false } })
  const id = await startWith(temp, { memoryBytes: 100 * megabyte, onExceeded: 'restart' })
  const done = nextAction(temp)
  await temp.call(id, 'eat', { memoryBytes: 300 * megabyte })
  expect(await done).toMatchObject({ kind: 'restart', heldBack: true })
  const { state, stats } = await viewWhere(temp.core, id, (view) => view.stats.exceeded !== null)
  expect([state.phase, stats.restarts]).toEqual(['running', 0])
})
