import { expect, test, vi } from 'vitest'
import { MachineView } from '../../../../src/core/machine/machine-view.ts'
import type { MachineServer, MachineSnapshot } from '../../../../src/shared/domain/machine.ts'
import { serversOf } from './fake-machine.ts'

/** A view of servers that there are not; every signal ends its process. */
function viewOf(look: () => readonly MachineServer[]) {
  let alive = look().flatMap(({ tree }) => tree.map(({ pid, startMark }) => ({ pid, startMark })))
  const sent: number[] = []
  const looks: number[] = []
  const reads: number[] = []
  const view = new MachineView(
    {
      look: async (): Promise<MachineSnapshot> => {
        looks.push(1)
        return { at: 0, servers: [...look()], limits: [] }
      },
    },
    () => {},
    {
      read: async () => {
        reads.push(1)
        return alive.map((one) => ({
          ...one,
          parentPid: 1,
          groupId: 1,
          sessionId: 1,
          cpuMs: 0,
          memoryBytes: 0,
        }))
      },
      send: async ({ members }) => {
        for (const { pid } of members) {
          sent.push(pid)
          alive = alive.filter((one) => one.pid !== pid)
        }
        return new Set()
      },
      termMs: 1_000,
      killMs: 1_000,
    },
  )
  return { view, sent, looks, reads }
}

const machine = { definitions: { files: ['npx', '@x/files'] } }
const servers = serversOf(
  [
    { pid: 300, parent: 1, args: ['npx', '@x/files'] },
    { pid: 301, parent: 300, args: ['node', 'x.js'] },
    { pid: 310, parent: 1, args: ['npx', '@x/files'] },
    { pid: 320, parent: 1, args: ['npx', 'some-mcp'] },
    { pid: 330, parent: 1, args: ['npx', '@x/files'], mayEnd: false },
  ],
  machine,
)
const targetOf = (pid: number, change: object = {}) => {
  const server = servers.find((one) => one.pid === pid)
  if (server === undefined) throw new Error(`no ${pid}`)
  return { pid, startMark: server.startMark, seen: server.seen, ...change }
}
const outcomes = async (view: MachineView, ...targets: Parameters<MachineView['reap']>[0]) =>
  (await view.reap(targets)).map(({ pid, outcome, ended }) => [pid, outcome, ended])

test('exactly the named ones end, with their trees', async () => {
  const { view, sent } = viewOf(() => servers)
  expect(await outcomes(view, targetOf(300))).toEqual([[300, 'ended', 2]])
  expect(sent).toEqual([300, 301])
})

test('each is what was seen, or is left alone', async () => {
  const { view, sent } = viewOf(() => servers)
  expect(
    await outcomes(
      view,
      targetOf(300, { seen: 'another' }),
      targetOf(310, { startMark: '999' }),
      { pid: 301, startMark: '1000', seen: targetOf(300).seen },
      { pid: 777, startMark: '1', seen: '' },
    ),
  ).toEqual([
    [300, 'changed', 0],
    [310, 'gone', 0],
    [301, 'changed', 0],
    [777, 'gone', 0],
  ])
  expect(sent).toEqual([])
})

test('a name alone ends by itself only, and what must not end never does', async () => {
  const { view, sent } = viewOf(() => servers)
  expect(await outcomes(view, targetOf(320), targetOf(310))).toEqual([
    [320, 'refused', 0],
    [310, 'ended', 1],
  ])
  expect(await outcomes(view, targetOf(320), targetOf(320))).toEqual([[320, 'ended', 1]])
  expect(await outcomes(view, targetOf(330))).toEqual([[330, 'refused', 0]])
  expect(sent).toEqual([310, 320])
})

test('many are ended by one reading of the table for each round', async () => {
  const pids = Array.from({ length: 30 }, (_, at) => 400 + at)
  const many = serversOf(
    pids.map((pid) => ({ pid, parent: 1, args: ['npx', '@x/files'] })),
    machine,
  )
  const { view, sent, reads } = viewOf(() => many)
  const results = await view.reap(many)
  expect(results.map(({ outcome }) => outcome)).toEqual(pids.map(() => 'ended'))
  expect(sent).toEqual(pids)
  // One to see that all are there, one before the signals, and one or two after, by the clock.
  expect(reads.length).toBeLessThan(6)
})

test('the machine is looked at only while somebody watches, once for all of them', async () => {
  vi.useFakeTimers()
  try {
    const { view, looks } = viewOf(() => servers)
    const seen: MachineSnapshot[] = []
    const watcher = { push: (one: MachineSnapshot) => void seen.push(one), end: () => {} }
    await vi.advanceTimersByTimeAsync(10_000)
    expect(looks.length).toBe(0)
    const ends = [view.watch(watcher), view.watch({ ...watcher })]
    await vi.advanceTimersByTimeAsync(0)
    expect([looks.length, seen.length]).toEqual([1, 2])
    await vi.advanceTimersByTimeAsync(9_000)
    expect([looks.length, seen.length]).toEqual([4, 8])
    for (const end of ends) end()
    await vi.advanceTimersByTimeAsync(30_000)
    expect(looks.length).toBe(4)
    expect(vi.getTimerCount()).toBe(0)
  } finally {
    vi.useRealTimers()
  }
})

test('a watcher that leaves during a look leaves no timer, and a look that fails ends the stream', async () => {
  vi.useFakeTimers()
  try {
    const failure = new Error('no table')
    const errors: unknown[] = []
    let fails = false
    const view = new MachineView(
      {
        look: async () => {
          if (fails) throw failure
          await new Promise((resolve) => {
            setTimeout(resolve, 500)
          })
          return { at: 0, servers: [], limits: [] }
        },
      },
      () => {},
    )
    const end = view.watch({ push: () => {}, end: () => {} })
    await vi.advanceTimersByTimeAsync(100)
    end()
    await vi.advanceTimersByTimeAsync(30_000)
    expect(vi.getTimerCount()).toBe(0)
    fails = true
    view.watch({ push: () => {}, end: (error) => void errors.push(error) })
    await vi.advanceTimersByTimeAsync(30_000)
    expect(errors).toEqual([failure])
  } finally {
    vi.useRealTimers()
  }
})
