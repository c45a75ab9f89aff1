import { expect, test } from 'vitest'
import { defaultSupervision } from '../../../src/shared/domain/supervision.ts'
import {
  fixtureServer,
  lineOf,
  openTempCore,
  processesOf,
  quickTiming,
  stdio,
  viewWhere,
} from '../temp-core.ts'
import { clientOf } from './core-client.ts'

test('where killing is switched off, a stop waits for a person, and says so', async () => {
  const temp = await openTempCore()
  const { core, start, addFixture } = temp
  const client = clientOf(temp)
  await client.settings.change({ automation: { ...core.settings.get().automation, kill: false } })
  const server = await addFixture('ignore-everything')
  await start(server.id)
  await client.servers.stop({ id: server.id })
  const isHeld = ({ state }: { readonly state: object }) => 'step' in state && state.step === 'held'
  await viewWhere(core, server.id, isHeld)
  const [action] = core.actions.list()
  expect(action).toMatchObject({ kind: 'kill', heldBack: true, serverName: 'ignore-everything' })
  expect(action?.kind === 'kill' && action.pids).toHaveLength(1)
  await client.servers.kill({ id: server.id })
  await core.supervisor.settled(server.id)
  expect(processesOf(temp.at.root)).toEqual([])
  // A person did that.
  expect(core.actions.list()).toHaveLength(1)

  await start(server.id)
  await client.servers.stop({ id: server.id })
  await viewWhere(core, server.id, isHeld)
  // Allowed again, what waits is ended; what still waits at the end of the program is as well.
  await client.settings.change({ automation: { ...core.settings.get().automation, kill: true } })
  await core.supervisor.settled(server.id)
  await client.settings.change({ automation: { ...core.settings.get().automation, kill: false } })
  await start(server.id)
  await client.servers.stop({ id: server.id })
  await viewWhere(core, server.id, isHeld)
  await temp.close()
})

test('a kill that nobody asked for is told with its processes; times are those of the server', async () => {
  // Times that no test sees the end of: what came sooner took the server's own.
  const grace = { stdinMs: 60_000, termMs: 60_000 }
  const temp = await openTempCore({ timing: { ...quickTiming, grace } })
  const { core, add, start } = temp
  const stopGrace = { stdinMs: 0, termMs: 50 }
  const server = await add(
    'stubborn',
    stdio(process.execPath, fixtureServer, 'ignore-everything'),
    {
      supervision: { ...defaultSupervision, stopGrace },
    },
  )
  await start(server.id)
  await core.supervisor.stopAndWait(server.id)
  const [action] = core.actions.list()
  if (action?.kind !== 'kill') throw new Error('it was not told')
  expect(action).toMatchObject({ heldBack: false, serverId: server.id })
  expect(action.pids).toHaveLength(1)
  expect(action.waitedMs).toBeGreaterThanOrEqual(45)
  expect(action.waitedMs).toBeLessThan(grace.termMs)
  await lineOf(core, server.id, /ended with signal SIGKILL/)
})
