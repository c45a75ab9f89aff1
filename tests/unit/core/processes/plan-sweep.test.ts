import { describe, expect, test } from 'vitest'
import { originsOf } from '../../../../src/core/processes/adoption/claim-stray.ts'
import { isOwnerAlive, lineOf, planSweep } from '../../../../src/core/processes/plan-sweep.ts'
import type { ProcessEntry } from '../../../../src/core/processes/process-entry.ts'
import { onlyCertain } from '../../../../src/core/processes/process-tree.ts'
import type { KnownRun } from '../../../../src/core/processes/run-records.ts'

const entry = (pid: number, parentPid: number, groupId = pid, startMark = '500'): ProcessEntry => ({
  pid,
  parentPid,
  groupId,
  sessionId: groupId,
  startMark,
  cpuMs: 0,
  memoryBytes: 0,
})
const run = (leaderPid: number, seen: readonly (readonly [number, string])[]): KnownRun => ({
  runId: `run ${leaderPid}`,
  serverName: 'files',
  tree: { leaderPid, leaderStart: '500', hasLeaderEnded: false, seen: new Map(seen) },
})
const others = [entry(1, 0), entry(2, 1), entry(99, 2)]
const nobody = new Set<number>()

describe('a sweep ends', () => {
  test('what is left of runs, what carries a doomed mark, and what descends from both', () => {
    const table = [
      ...others,
      entry(10, 1),
      entry(11, 1, 10),
      entry(20, 1),
      entry(21, 20),
      entry(30, 1),
    ]
    const files = run(10, [
      [10, '500'],
      [30, '500'],
    ])
    const doomed = planSweep(table, {
      runs: [files],
      isDoomed: (pid) => pid === 20,
      spared: nobody,
    })
    expect(new Map(doomed.map(({ entry: { pid }, run: of }) => [pid, of]))).toEqual(
      new Map([
        [10, files],
        [11, files],
        [30, files],
        [20, null],
        [21, null],
      ]),
    )
  })

  test('neither itself, nor whom it comes from, nor the first process', () => {
    const table = [...others, entry(10, 2), entry(40, 10), entry(50, 40)]
    const spared = lineOf(40, table)
    expect(spared).toEqual(new Set([40, 10, 2, 1, 0]))
    const doomed = planSweep(table, { runs: [run(10, [])], isDoomed: (pid) => pid === 1, spared })
    // A descendant of the first process is everybody.
    expect(doomed.map(({ entry: { pid } }) => pid)).toEqual([50, 99])
  })
})

describe('of a tree that was remembered long ago', () => {
  test('only whom number and start name together is certain', () => {
    const files = run(10, [
      [10, '500'],
      [11, '500'],
      [12, '500'],
    ])
    const table = [
      ...others,
      entry(11, 1),
      entry(12, 1, 12, '900'),
      // A stranger in a group whose number the leader had.
      entry(60, 1, 10),
      entry(61, 11),
    ]
    const tree = onlyCertain(files.tree, table)
    const doomed = planSweep(table, {
      runs: [{ ...files, tree }],
      isDoomed: () => false,
      spared: nobody,
    })
    expect(doomed.map(({ entry: { pid } }) => pid)).toEqual([11, 61])
  })
})

test('an owner is alive by number and start', () => {
  const mark = { directory: 'd', pid: 2, startMark: '500', id: 'i' }
  expect(isOwnerAlive(mark, others)).toBe(true)
  expect(isOwnerAlive({ ...mark, startMark: '501' }, others)).toBe(false)
  expect(isOwnerAlive({ ...mark, pid: 3 }, others)).toBe(false)
})

describe('an orphan comes from', () => {
  const runs = [
    { runId: 'early', leaderStart: '100' },
    { runId: 'late', leaderStart: '600' },
  ]
  const stray = entry(70, 2)

  test('the run that its environment names', () => {
    expect(originsOf(stray, { runId: 'late', hasTag: false }, runs)).toEqual(['late'])
  })
  test('a run that was there before it, where only its tag tells', () => {
    expect(originsOf(stray, { runId: undefined, hasTag: true }, runs)).toEqual(['early'])
  })
  test('one that is over, where none was', () => {
    expect(originsOf(stray, { runId: 'gone', hasTag: true }, runs.slice(1))).toEqual([])
  })
  test('none of ours, where nothing tells', () => {
    expect(originsOf(stray, { runId: undefined, hasTag: false }, runs)).toBeNull()
    expect(originsOf(stray, { runId: 'gone', hasTag: false }, runs)).toBeNull()
  })
})
