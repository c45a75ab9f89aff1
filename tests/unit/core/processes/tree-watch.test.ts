import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ProcessEntry, ProcessReading } from '../../../../src/core/processes/process-entry.ts'
import { TreeWatch } from '../../../../src/core/processes/tree-watch.ts'
import { serverIdSchema } from '../../../../src/shared/domain/ids.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const entry = (pid: number, parentPid: number): ProcessEntry => ({
  pid,
  parentPid,
  groupId: pid,
  sessionId: pid,
  startMark: '500',
  cpuMs: 0,
  memoryBytes: 0,
})
const tree = (leaderPid: number) => ({
  serverId: serverIdSchema.parse('srv_0000000000000000'),
  serverName: 'files',
  runId: `run ${leaderPid}`,
  leaderPid,
})

/** A watch of a table that the test writes. */
function watchOf(table: ProcessEntry[]) {
  const read = vi.fn<() => Promise<ProcessReading>>(async () => ({ live: [...table], zombies: [] }))
  const faults: string[] = []
  const watch = new TreeWatch({
    read,
    beatMs: 2_000,
    startOf: () => null,
    observer: { onAdd: () => {}, onSeen: () => {}, onRelease: () => {} },
    prepare: async () => {},
    adoption: null,
    jobs: () => null,
    onFault: (text) => faults.push(text),
  })
  return { watch, read, faults }
}

test('one look tells of all trees and of the whole table', async () => {
  const { watch } = watchOf([entry(1, 0), entry(10, 1), entry(11, 10), entry(20, 1)])
  watch.add(tree(10), () => false)
  watch.add(tree(20), () => false)
  const { table, trees } = await watch.look()
  expect(table).toHaveLength(4)
  expect(trees.map(({ runId, members }) => [runId, members.map(({ pid }) => pid)])).toEqual([
    ['run 10', [10, 11]],
    ['run 20', [20]],
  ])
})

test('whoever asks during a look gets the next one, and shares it', async () => {
  const { watch, read } = watchOf([entry(10, 1)])
  const looks = [watch.look(), watch.look(), watch.look()]
  const [first, second, third] = await Promise.all(looks)
  expect(second).toBe(third)
  expect(first).not.toBe(second)
  expect(read).toHaveBeenCalledTimes(2)
})

test('it looks after a spawn and on a beat, one beat however often servers come and go, and not without any', async () => {
  const { watch, read } = watchOf([entry(10, 1)])
  for (let cycle = 0; cycle < 5; cycle += 1) watch.add(tree(10), () => false).release()
  await vi.advanceTimersByTimeAsync(10_000)
  const idle = read.mock.calls.length
  await vi.advanceTimersByTimeAsync(10_000)
  expect(read).toHaveBeenCalledTimes(idle)
  const handle = watch.add(tree(10), () => false)
  // After 5 ms, 15 ms, 50 ms, 250 ms and 1 s, and the beats of 2 s.
  await vi.advanceTimersByTimeAsync(10_000)
  expect(read.mock.calls.length - idle).toBe(5 + 5)
  handle.release()
})

test('a table that cannot be read is told once for the same words, and looked at again', async () => {
  const { watch, read, faults } = watchOf([entry(10, 1)])
  read.mockRejectedValue(new Error('EMFILE'))
  watch.add(tree(10), () => false)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(faults).toEqual(['The processes of servers could not be looked at: Error: EMFILE'])
  read.mockResolvedValue({ live: [entry(10, 1)], zombies: [] })
  expect((await watch.look()).trees).toHaveLength(1)
})
