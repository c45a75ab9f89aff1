import { expect, test } from 'vitest'
import { type EndMeans, endShown } from '../../../../src/core/machine/end-shown.ts'
import type { ProcessEntry } from '../../../../src/core/processes/process-entry.ts'

/** Processes that there are not, each in a group of its own: what each signal does to them is up to the test. */
class FakeTable {
  entries: ProcessEntry[]
  readonly sent: [number, NodeJS.Signals][] = []
  /** False: the system does not permit it. */
  onSignal: (pid: number, signal: NodeJS.Signals) => unknown = (pid) => this.remove(pid)

  constructor(...pids: readonly (readonly [pid: number, parent: number, start?: string])[]) {
    this.entries = pids.map(([pid, parent, start]) => this.entry(pid, parent, start))
  }

  entry(pid: number, parentPid: number, startMark = '1'): ProcessEntry {
    return { pid, parentPid, groupId: pid, sessionId: pid, startMark, cpuMs: 0, memoryBytes: 0 }
  }

  remove(pid: number): void {
    this.entries = this.entries.filter((entry) => entry.pid !== pid)
  }

  means(termMs: number, killMs = 60_000): EndMeans {
    return {
      read: async () => [...this.entries],
      send: async ({ members }, signal) => {
        const refused = new Set<number>()
        for (const { pid } of members) {
          this.sent.push([pid, signal])
          if (this.onSignal(pid, signal) === false) refused.add(pid)
        }
        return refused
      },
      termMs,
      killMs,
    }
  }
}

const root = { pid: 10, startMark: '1' }

test('what obeys gets one SIGTERM', async () => {
  const table = new FakeTable([10, 1], [11, 10])
  const end = await endShown([root, { pid: 11, startMark: '1' }], table.means(60_000))
  expect(end).toEqual({ outcome: 'ended', ended: 2 })
  expect(table.sent).toEqual([
    [10, 'SIGTERM'],
    [11, 'SIGTERM'],
  ])
})

test('what ignores it is killed', async () => {
  const table = new FakeTable([10, 1])
  table.onSignal = (pid, signal) => {
    if (signal === 'SIGKILL') table.remove(pid)
  }
  expect(await endShown([root], table.means(5))).toEqual({ outcome: 'killed', ended: 1 })
})

test('what a member starts meanwhile ends too, also when it has lost its parent', async () => {
  const table = new FakeTable([10, 1])
  let hasForked = false
  table.onSignal = (pid) => {
    if (pid === 10 && !hasForked) {
      hasForked = true
      table.entries.push(table.entry(12, 10, '2'))
      return
    }
    table.remove(pid)
    for (const entry of table.entries.filter(({ parentPid }) => parentPid === pid)) {
      table.remove(entry.pid)
      table.entries.push({ ...entry, parentPid: 1 })
    }
  }
  const end = await endShown([root], table.means(5))
  expect(end.ended).toBe(2)
  expect(table.entries).toEqual([])
})

test('another process of the same number is never signalled', async () => {
  const table = new FakeTable([10, 1, '2'])
  expect(await endShown([root], table.means(60_000))).toEqual({ outcome: 'ended', ended: 1 })
  expect(table.sent).toEqual([])
})

test('what the system does not permit is told at once', async () => {
  const table = new FakeTable([10, 1])
  table.onSignal = () => false
  expect(await endShown([root], table.means(60_000))).toEqual({
    outcome: 'not-permitted',
    ended: 0,
  })
})

test('what survives SIGKILL is given up', async () => {
  const table = new FakeTable([10, 1])
  table.onSignal = () => {}
  expect(await endShown([root], table.means(1, 5))).toEqual({ outcome: 'survived', ended: 0 })
})

test('what has left its parent is found by the group that its server leads, and a stranger in that group is spared', async () => {
  const table = new FakeTable([10, 1], [20, 1])
  const inGroup = (pid: number, parent: number, start: string) => ({
    ...table.entry(pid, parent, start),
    groupId: 10,
  })
  // `server | tee log`, as a shell starts it: one group, which the server leads.
  table.entries.push(inGroup(30, 20, '1'))
  table.onSignal = (pid) => {
    table.remove(pid)
    // A double fork: its parent was never in a look. And what the stranger starts meanwhile.
    if (pid === 10) table.entries.push(inGroup(12, 1, '2'), inGroup(31, 30, '2'))
  }
  expect(await endShown([root], table.means(60_000))).toEqual({ outcome: 'ended', ended: 2 })
  expect(table.entries.map(({ pid }) => pid)).toEqual([20, 30, 31])
})

test('where nothing but SIGKILL is of use, what ends by it has not ignored anything', async () => {
  const table = new FakeTable([10, 1])
  expect(await endShown([root], table.means(0))).toEqual({ outcome: 'ended', ended: 1 })
  expect(table.sent).toEqual([[10, 'SIGKILL']])
})
