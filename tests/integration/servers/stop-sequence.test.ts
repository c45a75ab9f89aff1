import { randomUUID } from 'node:crypto'
import { getEventListeners } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { isAlive, readProcesses } from '../../../src/core/processes/process-table.ts'
import { TreeWatch } from '../../../src/core/processes/tree-watch.ts'
import { ServerProcess } from '../../../src/core/servers/server-process.ts'
import { killTree, stopTree } from '../../../src/core/servers/stop-sequence.ts'
import { serverIdSchema } from '../../../src/shared/domain/ids.ts'

/** @param read the table of processes; by default that of this machine. */
async function startSleeper(read = readProcesses): Promise<ServerProcess> {
  const trees = new TreeWatch({
    read,
    beatMs: 2_000,
    startOf: () => null,
    observer: { onAdd: () => {}, onSeen: () => {}, onRelease: () => {} },
    prepare: async () => {},
    adoption: null,
    jobs: () => null,
    onFault: () => {},
  })
  onTestFinished(async () => await trees.close())
  const spec = { command: '/bin/sleep', args: ['600'], env: {}, cwd: '/', verbatimArguments: false }
  const run = {
    serverId: serverIdSchema.parse('srv_0000000000sleepr'),
    serverName: 'sleeper',
    runId: randomUUID(),
  }
  const child = await ServerProcess.spawn(spec, run, trees)
  onTestFinished(async () => {
    if (child.exit === null) process.kill(child.pid, 'SIGKILL')
    await child.exited
  })
  return child
}

test('a member that takes no signal is named after the limit', async () => {
  const child = await startSleeper()
  // As where it runs as another user: the signal does nothing.
  const left = await killTree(child, 50, async () => new Set())
  expect(left).toEqual({ pids: [child.pid], problem: null, isRefused: false })
  expect(isAlive(child.pid)).toBe(true)
})

test('a table that cannot be read does not keep a living leader alive, and a stop ends', async () => {
  const child = await startSleeper(async () => {
    throw new Error('EMFILE: too many open files')
  })
  const left = await killTree(child, 50)
  expect(left?.problem).toBe('EMFILE: too many open files')
  expect(await child.exited).toEqual({ code: null, signal: 'SIGKILL' })
})

test('a table that can be read again ends the wait', async () => {
  let looks = 0
  const child = await startSleeper(async () => {
    looks += 1
    if (looks === 1) throw new Error('EMFILE: too many open files')
    return await readProcesses()
  })
  expect(await killTree(child, 60_000)).toBeNull()
  expect(isAlive(child.pid)).toBe(false)
})

test('whoever hurries gives a stop that is under way no time any more, and none to those that follow', async () => {
  const hurry = new AbortController()
  // Longer than the test may take.
  const grace = { stdinMs: 3_600_000, termMs: 3_600_000, hurry: hurry.signal }
  const first = await startSleeper()
  const steps: string[] = []
  const stopping = stopTree(first, grace, (step) => steps.push(step))
  hurry.abort()
  expect(await stopping).toBeNull()
  expect(steps).toEqual(['stdin', 'term', 'kill'])
  expect(isAlive(first.pid)).toBe(false)

  const second = await startSleeper()
  expect(await stopTree(second, grace, () => {})).toBeNull()
})

test('a stop leaves nothing on what hurries it, which lives as long as the host', async () => {
  const hurry = new AbortController()
  const child = await startSleeper()
  const grace = { stdinMs: 1, termMs: 3_600_000, hurry: hurry.signal }
  expect(await stopTree(child, grace, () => {})).toBeNull()
  expect(getEventListeners(hurry.signal, 'abort')).toEqual([])
})
