import { getEventListeners } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { findTree, isAlive } from '../../../src/core/processes/process-table.ts'
import { ServerProcess } from '../../../src/core/servers/server-process.ts'
import { killTree, stopTree } from '../../../src/core/servers/stop-sequence.ts'

const send = (pid: number, signal: NodeJS.Signals) => void process.kill(pid, signal)

async function startSleeper(): Promise<ServerProcess> {
  const spec = { command: '/bin/sleep', args: ['600'], env: {}, cwd: '/', verbatimArguments: false }
  const child = await ServerProcess.spawn(spec, `stop-sequence-${process.pid}`)
  onTestFinished(async () => {
    expect(await killTree(child)).toBeNull()
  })
  return child
}

test('a member that takes no signal is named after the limit', async () => {
  const child = await startSleeper()
  // As where it runs as another user: the signal does nothing.
  const left = await killTree(child, { find: findTree, send: () => {}, limitMs: 50 })
  expect(left).toEqual({ pids: [child.pid], problem: null })
  expect(isAlive(child.pid)).toBe(true)
})

test('a table that cannot be read does not keep a living leader alive, and a stop ends', async () => {
  const child = await startSleeper()
  const find = async () => {
    throw new Error('EMFILE: too many open files')
  }
  const left = await killTree(child, { find, send, limitMs: 50 })
  expect(left?.problem).toBe('EMFILE: too many open files')
  expect(await child.exited).toEqual({ code: null, signal: 'SIGKILL' })
})

test('a table that can be read again ends the wait', async () => {
  const child = await startSleeper()
  let looks = 0
  const find: typeof findTree = async (tree) => {
    looks += 1
    if (looks === 1) throw new Error('EMFILE: too many open files')
    return await findTree(tree)
  }
  expect(await killTree(child, { find, send, limitMs: 60_000 })).toBeNull()
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
