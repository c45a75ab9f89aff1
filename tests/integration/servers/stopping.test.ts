import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { defaultTiming } from '../../../src/core/servers/lifecycle-timing.ts'
import type { StopStep } from '../../../src/shared/domain/server-state.ts'
import {
  codeOf,
  errorOf,
  fixtureServer,
  inPhase,
  lineOf,
  openTempCore,
  phaseOf,
  processesOf,
  quickTiming,
  settled,
  stdio,
  type TempCore,
  viewWhere,
} from '../temp-core.ts'

/** The steps of the stop sequence that a server goes through, in order. */
function stopStepsOf({ core }: TempCore): StopStep[] {
  const steps: StopStep[] = []
  core.supervisor.onDidChange((event) => {
    if (event.type !== 'changed' || event.server.state.phase !== 'stopping') return
    const { step } = event.server.state
    if (steps.at(-1) !== step) steps.push(step)
  })
  return steps
}

test.for([
  ['ok', ['stdin']],
  ['ignore-stdin-end', ['stdin', 'term']],
  ['ignore-everything', ['stdin', 'term', 'kill']],
  ['grandchild', ['stdin', 'term', 'kill']],
  ['grandchild-detached', ['stdin', 'term', 'kill']],
] as const)('stopping "%s" takes %s and leaves nothing', async ([mode, expected]) => {
  const temp = await openTempCore()
  const { core, at, start, addFixture } = temp
  const server = await addFixture(mode)
  inPhase(await start(server.id), 'running')
  const before = processesOf(at.root)
  expect(before).toHaveLength(mode.startsWith('grandchild') ? 2 : 1)
  const steps = stopStepsOf(temp)
  await core.supervisor.stopAndWait(server.id)
  // By the process table, at the very moment at which the server counts as stopped.
  expect(processesOf(at.root)).toEqual([])
  expect(core.supervisor.view(server.id).state).toMatchObject({ phase: 'stopped', reason: 'user' })
  expect(steps).toEqual(expected)
})

test('a server that reads no more can be stopped while its pipe is full', async () => {
  const { core, at, start, call, addFixture } = await openTempCore()
  const server = await addFixture('ok')
  await start(server.id)
  await call(server.id, 'deaf')
  const pending = codeOf(call(server.id, 'echo', { message: 'x'.repeat(1_000_000) }))
  await core.supervisor.stopAndWait(server.id)
  expect(processesOf(at.root)).toEqual([])
  expect(await pending).toBe('exited')
})

test('the end of a leader takes what it left behind with it, and the server starts again', async () => {
  const { core, at, start, addFixture } = await openTempCore({
    timing: { ...quickTiming, retry: { baseMs: 1e6, capMs: 1e6, jitter: 0 } },
  })
  const server = await addFixture('leaves-pipe-holder', '300')
  inPhase(await start(server.id), 'running')
  expect(processesOf(at.root)).toHaveLength(2)
  const view = await phaseOf(core, server.id, 'backoff')
  expect(inPhase(view, 'backoff').error).toEqual({
    code: 'exited',
    data: { exitCode: 5, stderr: ['leaving my child behind'] },
  })
  expect(processesOf(at.root)).toEqual([])
})

test('a leader that ends in its start takes what it left behind with it', async () => {
  const { at, start, addFixture } = await openTempCore({
    timing: { ...quickTiming, retry: { baseMs: 1e6, capMs: 1e6, jitter: 0 } },
  })
  const server = await addFixture('leaves-pipe-holder')
  expect(inPhase(await start(server.id), 'backoff').error).toMatchObject({
    code: 'exited',
    data: { exitCode: 5, stderr: ['leaving my child behind'] },
  })
  expect(processesOf(at.root)).toEqual([])
})

test('calls in flight end with a typed error as soon as the server has ended', async () => {
  const { core, start, call, addFixture } = await openTempCore()
  const server = await addFixture('ok')
  await start(server.id)
  const inFlight = [
    call(server.id, 'mute'),
    call(server.id, 'cancellable'),
    call(server.id, 'slow', { steps: 1_000, everyMs: 1_000 }),
  ].map((promise) => errorOf(promise))
  expect(await codeOf(call(server.id, 'exit'))).toBe('exited')
  for (const error of await Promise.all(inFlight)) {
    expect(error).toMatchObject({ code: 'exited', data: { server: 'ok' } })
  }
  // They have failed before anybody is told that the server is gone, or is asked for it again.
  expect(core.supervisor.view(server.id).stats.restarts).toBe(0)
})

test('a server that closes its stdout is stopped and counted as a failure', async () => {
  const { core, at, start, addFixture } = await openTempCore({
    timing: { ...quickTiming, retry: { baseMs: 1e6, capMs: 1e6, jitter: 0 } },
  })
  const server = await addFixture('close-stdout')
  inPhase(await start(server.id), 'running')
  const { error } = inPhase(await phaseOf(core, server.id, 'backoff'), 'backoff')
  // Its process ends with 0 once it is asked to, and that is no end of its own.
  expect(error).toMatchObject({
    code: 'unresponsive',
    data: { reason: 'It closed its stdout.' },
  })
  expect(processesOf(at.root)).toEqual([])
})

test('a server that asks without end and reads no answer is stopped and counted as a failure', async () => {
  const { core, at, start, call, addFixture } = await openTempCore({
    timing: { ...quickTiming, retry: { baseMs: 1e6, capMs: 1e6, jitter: 0 } },
  })
  const server = await addFixture('ping-flood')
  inPhase(await start(server.id), 'running')
  await call(server.id, 'deaf')
  const { error } = inPhase(await phaseOf(core, server.id, 'backoff'), 'backoff')
  expect(error).toMatchObject({
    code: 'unresponsive',
    data: { reason: 'It does not read its stdin.' },
  })
  expect(processesOf(at.root)).toEqual([])
})

test('a stop in each step of the start leaves nothing, and no start comes after it', async () => {
  const temp = await openTempCore()
  const { core, at, start, add, addFixture, state } = temp
  // The login shell is asked once for all servers; here it has answered.
  await start((await addFixture('ok')).id)
  const others = processesOf(at.root)
  for (const step of ['queue', 'resolve', 'spawn', 'handshake'] as const) {
    const server = await add(
      `stopped in ${step}`,
      stdio(process.execPath, fixtureServer, 'hang-in-handshake'),
    )
    core.supervisor.command(server.id, 'start')
    await viewWhere(core, server.id, (view) => {
      return view.state.phase === 'starting' && view.state.step === step
    })
    core.supervisor.command(server.id, 'stop')
    await settled(core, server.id)
    expect({ step, state: state(server.id), left: processesOf(at.root) }).toMatchObject({
      step,
      state: { phase: 'stopped', reason: 'user' },
      left: others,
    })
  }
})

test('a stop does not wait for a headers helper that hangs, and ends it', async () => {
  const { core, at, add, state } = await openTempCore()
  const server = await add('helped', {
    type: 'http',
    url: 'http://127.0.0.1:9/',
    headers: {},
    headersHelper: 'sleep 1000 & sleep 1000',
  })
  core.supervisor.command(server.id, 'start')
  await viewWhere(core, server.id, (view) => {
    return view.state.phase === 'starting' && view.state.step === 'resolve'
  })
  await waitForProcess(at.root, 'sleep 1000')
  core.supervisor.command(server.id, 'stop')
  await settled(core, server.id)
  expect(state(server.id).phase).toBe('stopped')
})

test('a restart in a stop starts again once the tree is gone', async () => {
  const { core, start, addFixture } = await openTempCore()
  const server = await addFixture('ignore-stdin-end')
  const first = inPhase(await start(server.id), 'running')
  core.supervisor.command(server.id, 'stop')
  core.supervisor.command(server.id, 'restart')
  expect(core.supervisor.view(server.id).state).toMatchObject({
    phase: 'stopping',
    next: { do: 'start' },
  })
  const second = inPhase(await phaseOf(core, server.id, 'running'), 'running')
  expect(second.pid).not.toBe(first.pid)
  expect(() => process.kill(first.pid ?? 0, 0)).toThrow('ESRCH')
})

test('a stop in the wait for a retry ends the retries', async () => {
  const { core, addFixture, lines } = await openTempCore({
    timing: { ...quickTiming, retry: { baseMs: 50, capMs: 50, jitter: 0 } },
  })
  const server = await addFixture('crash')
  core.supervisor.command(server.id, 'start')
  await phaseOf(core, server.id, 'backoff')
  core.supervisor.command(server.id, 'stop')
  const launches = lines(server.id, 'lifecycle').filter((line) => line.startsWith('Started'))
  // Longer than the wait: another server's whole start and stop.
  const other = await addFixture('ignore-everything')
  core.supervisor.command(other.id, 'start')
  await phaseOf(core, other.id, 'running')
  await core.supervisor.stopAndWait(other.id)
  expect(core.supervisor.view(server.id).state.phase).toBe('stopped')
  expect(lines(server.id, 'lifecycle').filter((line) => line.startsWith('Started'))).toEqual(
    launches,
  )
})

test('a changed definition restarts the server; a changed name does not', async () => {
  const { core, start, call, addFixture } = await openTempCore()
  const server = await addFixture('ok')
  const first = inPhase(await start(server.id), 'running')
  await core.editor.edit(server.id, { name: 'renamed' })
  expect(inPhase(core.supervisor.view(server.id), 'running').pid).toBe(first.pid)
  expect((await core.tools.inventory(server.id)).serverName).toBe('renamed')
  await core.editor.edit(server.id, {
    transport: stdio(process.execPath, fixtureServer, 'ok', 'changed'),
  })
  inPhase(await settled(core, server.id), 'running')
  const where: unknown = JSON.parse(String((await call(server.id, 'where')).content[0]?.['text']))
  expect(where).toMatchObject({ argv: ['ok', 'changed'] })
})

test('a removed server is stopped, and its end is waited for', async () => {
  const { core, at, start, addFixture, close } = await openTempCore()
  const server = await addFixture('ignore-everything')
  await start(server.id)
  const events: string[] = []
  core.supervisor.onDidChange((event) => events.push(event.type))
  await core.removed.remove(server.id)
  expect(events.at(-1)).toBe('removed')
  expect(await codeOf(Promise.resolve().then(() => core.supervisor.view(server.id)))).toBe(
    'not_found',
  )
  await close()
  expect(processesOf(at.root)).toEqual([])
  expect(events.at(-1)).toBe('removed')
})

test('closing the core while the login shell is asked leaves no shell behind', async () => {
  const { core, at, addFixture, close } = await openTempCore()
  writeFileSync(join(at.home, '.profile'), 'sleep 1000\n')
  const server = await addFixture('ok')
  core.supervisor.command(server.id, 'start')
  await waitForProcess(at.root, 'sleep 1000')
  await close()
  expect(core.notices()).toEqual([])
})

test('closing the core in the middle of everything leaves nothing', async () => {
  const { core, addFixture, close } = await openTempCore()
  const modes = ['ok', 'hang-in-handshake', 'crash', 'grandchild', 'ignore-everything', 'flood']
  for (const mode of modes) {
    const server = await addFixture(mode, '100000')
    core.supervisor.command(server.id, 'start')
    if (mode === 'ok') await lineOf(core, server.id, /Running/)
  }
  await close()
  for (const view of core.supervisor.views()) expect(view.state.phase).toBe('stopped')
})

test('the waits of the stop sequence are those of the design', () => {
  expect(defaultTiming.grace).toEqual({ stdinMs: 2_000, termMs: 2_000 })
})

async function waitForProcess(mark: string, command: string): Promise<void> {
  while (!processesOf(mark).some((line) => line.includes(command))) {
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
  }
}
