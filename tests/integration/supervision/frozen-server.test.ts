import { expect, test } from 'vitest'
import {
  codeOf,
  fixtureServer,
  inPhase,
  openTempCore,
  processesOf,
  quickTiming,
  stdio,
  textOf,
  viewWhere,
} from '../temp-core.ts'

const timing = { ...quickTiming, health: { everyMs: 50, timeoutMs: 150, slowMs: 100 } }

test('a server that is stopped by SIGSTOP: its call times out, its health says so, neighbours serve, and it comes back', async () => {
  const { core, add, start, call, addFixture } = await openTempCore({ timing })
  const frozen = await add('frozen', stdio(process.execPath, fixtureServer, 'ok'), {
    timeouts: { startMs: null, callMs: 300 },
  })
  const neighbour = await addFixture('ok')
  const { pid } = inPhase(await start(frozen.id), 'running')
  await start(neighbour.id)
  await call(frozen.id, 'where')
  if (pid === null) throw new Error('no pid')

  process.kill(pid, 'SIGSTOP')
  const inFlight = codeOf(call(frozen.id, 'echo', { message: 'lost' }))
  expect(textOf(await call(neighbour.id, 'echo', { message: 'untouched' }))).toBe('untouched')
  expect(await inFlight).toBe('call_timeout')
  await viewWhere(core, frozen.id, ({ state }) => {
    return state.phase === 'running' && state.health === 'unresponsive'
  })
  expect(inPhase(core.supervisor.view(neighbour.id), 'running').health).toBe('ok')

  process.kill(pid, 'SIGCONT')
  await viewWhere(core, frozen.id, ({ state }) => {
    return state.phase === 'running' && state.health === 'ok'
  })
  // Its late answer to the call that timed out is nobody's.
  expect(textOf(await call(frozen.id, 'echo', { message: 'back' }))).toBe('back')
  expect(inPhase(core.supervisor.view(frozen.id), 'running').pid).toBe(pid)
})

test('a server that is stopped by SIGSTOP can be ended', async () => {
  const { core, at, start, addFixture } = await openTempCore({ timing })
  const server = await addFixture('grandchild')
  const { pid } = inPhase(await start(server.id), 'running')
  process.kill(pid ?? 0, 'SIGSTOP')
  await core.supervisor.stopAndWait(server.id)
  expect(processesOf(at.root)).toEqual([])
})
