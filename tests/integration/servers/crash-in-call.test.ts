import { expect, test } from 'vitest'
import type { AutomaticAction } from '../../../src/shared/domain/automatic-action.ts'
import { codeOf, errorOf, openTempCore, phaseOf, quickTiming, textOf } from '../temp-core.ts'

/** A wait that no test sees the end of: what comes sooner came for another reason. */
const longRetry = { ...quickTiming, retry: { baseMs: 1e6, capMs: 1e6, jitter: 0 } }
const kinds = (actions: readonly AutomaticAction[]) => actions.map(({ kind }) => kind)

test('calls that crash a server are told how it ended, and each next call succeeds: it is never parked', async () => {
  const { core, start, call, addFixture } = await openTempCore({ timing: longRetry })
  const server = await addFixture('ok')
  await start(server.id)
  for (let crash = 1; crash <= 12; crash += 1) {
    const other = errorOf(call(server.id, 'mute'))
    expect(await errorOf(call(server.id, 'exit'))).toMatchObject({
      code: 'exited',
      data: { exitCode: 7, stderr: ['ending in mid-call'], server: 'ok', tool: 'exit' },
    })
    // No wait between: the host may not even know yet that the process is gone.
    expect(textOf(await call(server.id, 'echo', { message: `after ${crash}` }))).toBe(
      `after ${crash}`,
    )
    expect(await other).toMatchObject({ code: 'exited', data: { exitCode: 7, tool: 'mute' } })
    expect(core.supervisor.view(server.id).state).toMatchObject({ phase: 'running', failures: 0 })
  }
  expect(core.supervisor.view(server.id).stats.restarts).toBe(12)
  expect(kinds(core.actions.list()).filter((kind) => kind === 'start-on-demand')).toHaveLength(12)
})

test('the signal that killed a server is told as well', async () => {
  const { core, start, call, addFixture } = await openTempCore({ timing: longRetry })
  const server = await addFixture('ok')
  await start(server.id)
  const where: { pid: number } = JSON.parse(textOf(await call(server.id, 'where')))
  const pending = errorOf(call(server.id, 'mute'))
  process.kill(where.pid, 'SIGKILL')
  expect(await pending).toMatchObject({ code: 'exited', data: { signal: 'SIGKILL' } })
  await phaseOf(core, server.id, 'backoff')
})

test('calls that crash a server without an answer between do not hasten the end of a crash loop', async () => {
  const { core, start, call, addFixture } = await openTempCore({ timing: longRetry })
  const server = await addFixture('ok')
  await start(server.id)
  expect(await codeOf(call(server.id, 'exit'))).toBe('exited')
  expect(await codeOf(call(server.id, 'exit'))).toBe('exited')
  await phaseOf(core, server.id, 'backoff')
  expect(await errorOf(call(server.id, 'echo'))).toMatchObject({
    code: 'server_not_running',
    data: { name: 'ok', phase: 'backoff', reason: expect.stringContaining('ended with code 7') },
  })
  expect(core.supervisor.view(server.id).state).toMatchObject({ phase: 'backoff', failures: 2 })
})

test('a server that never serves is parked at its fifth failure, with the reason and what it printed', async () => {
  const { core, addFixture } = await openTempCore()
  const server = await addFixture('crash')
  core.supervisor.command(server.id, 'start')
  const { state } = await phaseOf(core, server.id, 'failed')
  expect(state).toMatchObject({
    failures: 5,
    error: {
      code: 'exited',
      data: {
        exitCode: 1,
        // What a process said that ended on the probe may come late, and then stands before.
        stderr: expect.arrayContaining([
          'Error: no configuration found',
          'set FIXTURE_KEY and try again',
        ]),
      },
    },
  })
  expect(kinds(core.actions.list())).toEqual(['restart', 'restart', 'restart', 'restart', 'park'])
  expect(core.actions.list().at(-1)).toMatchObject({
    serverId: server.id,
    serverName: 'crash',
    heldBack: false,
    failures: 5,
  })
})

test('a call that comes while a server starts waits for it, and one whose caller is gone does not', async () => {
  const { core, call, addFixture } = await openTempCore({ timing: longRetry })
  const server = await addFixture('ok')
  core.supervisor.command(server.id, 'start')
  expect(core.supervisor.view(server.id).state.phase).toBe('starting')
  expect(textOf(await call(server.id, 'echo', { message: 'waited' }))).toBe('waited')

  const hung = await addFixture('hang-in-handshake')
  core.supervisor.command(hung.id, 'start')
  const cancel = new AbortController()
  const gone = codeOf(core.tools.inventory(hung.id, cancel.signal))
  cancel.abort()
  expect(await gone).toBe('call_cancelled')
})

test('a call that waits for a start that fails is told why', async () => {
  const { core, call, addFixture } = await openTempCore({ timing: longRetry })
  const server = await addFixture('crash-in-handshake')
  core.supervisor.command(server.id, 'start')
  // The first failure is tried again at once for the sake of the call.
  expect(await errorOf(call(server.id, 'echo'))).toMatchObject({
    code: 'server_not_running',
    data: { phase: 'backoff', reason: expect.stringContaining('cannot read its database') },
  })
  expect(core.supervisor.view(server.id).state).toMatchObject({ failures: 2 })
})
