import { expect, test } from 'vitest'
import { type EndMeans, endTree } from '../../../../src/core/machine/end-tree.ts'
import type { ProcessEntry } from '../../../../src/core/processes/process-entry.ts'

/** Processes that there are not: what each signal does to them is up to the test. */
class FakeTable {
  entries: ProcessEntry[]
  readonly sent: [number, NodeJS.Signals][] = []
  onSignal: (pid: number, signal: NodeJS.Signals) => void = (pid) => this.remove(pid)

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
      send: (pid, signal) => {
        this.sent.push([pid, signal])
        this.onSignal(pid, signal)
      },
      termMs,
      killMs,
      pollMs: 1,
    }
  }
}

const root = { pid: 10, startMark: '1' }

test('what obeys gets one SIGTERM', async () => {
  const table = new FakeTable([10, 1], [11, 10])
  const end = await endTree([root, { pid: 11, startMark: '1' }], table.means(60_000))
  expect(end).toEqual({ outcome: 'ended', ended: 2 })
  expect(table.sent).toEqual([
    [10, 'SIGTERM'],
    [11, 'SIGTERM'],
  ])
})

test('what ignores it is killed', async () => {
  const table = new FakeTable([10, 1])
  table.onSignal = (pid, signal) => signal === 'SIGKILL' && table.remove(pid)
  expect(await endTree([root], table.means(5))).toEqual({ outcome: 'killed', ended: 1 })
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
  const end = await endTree([root], table.means(5))
  expect(end.ended).toBe(2)
  expect(table.entries).toEqual([])
})

test('another process of the same number is never signalled', async () => {
  const table = new FakeTable([10, 1, '2'])
  expect(await endTree([root], table.means(60_000))).toEqual({ outcome: 'ended', ended: 1 })
  expect(table.sent).toEqual([])
})

test('what the system does not permit is told at once', async () => {
  const table = new FakeTable([10, 1])
  table.onSignal = () => {
    throw Object.assign(new Error('no'), { code: 'EPERM' })
  }
  expect(await endTree([root], table.means(60_000))).toEqual({ outcome: 'not-permitted', ended: 0 })
})

test('what survives SIGKILL is given up', async () => {
  const table = new FakeTable([10, 1])
  table.onSignal = () => {}
  expect(await endTree([root], table.means(1, 5))).toEqual({ outcome: 'survived', ended: 0 })
})
