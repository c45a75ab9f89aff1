import { describe, expect, test } from 'vitest'
import type { ProcessEntry } from '../../../../src/core/processes/process-entry.ts'
import {
  groupsOf,
  membersOf,
  remember,
  type TreeMemory,
} from '../../../../src/core/processes/process-tree.ts'

const entry = (
  pid: number,
  parentPid: number,
  groupId = pid,
  sessionId = groupId,
  startMark = '5000',
): ProcessEntry => ({ pid, parentPid, groupId, sessionId, startMark, cpuMs: 0, memoryBytes: 0 })

const tree: TreeMemory = {
  leaderPid: 10,
  leaderStart: null,
  hasLeaderEnded: false,
  seen: new Map(),
}
const ended: TreeMemory = { ...tree, hasLeaderEnded: true }
const others = [entry(1, 0), entry(2, 1), entry(99, 2)]
const pidsOf = (memory: TreeMemory, entries: readonly ProcessEntry[]) =>
  membersOf(memory, entries).map(({ pid }) => pid)

describe('the members of a tree', () => {
  test('group, session and descendants, however deep', () => {
    const entries = [
      ...others,
      entry(14, 13),
      entry(10, 2),
      entry(11, 10, 10),
      entry(12, 1, 12, 10),
      entry(13, 11, 13),
    ]
    expect(pidsOf(tree, entries)).toEqual([14, 10, 11, 12, 13])
  })

  test('what the leader left behind in its group', () => {
    expect(pidsOf(ended, [...others, entry(11, 1, 10), entry(15, 11, 15)])).toEqual([11, 15])
  })

  test('a stranger that got the number of a leader that has ended is left alone', () => {
    expect(pidsOf(ended, [...others, entry(10, 2), entry(16, 10, 10)])).toEqual([])
  })

  test('so is one whose start shows that the number changed hands unseen', () => {
    const known = { ...tree, leaderStart: '4000' }
    expect(pidsOf(known, [...others, entry(10, 2), entry(16, 10, 10)])).toEqual([])
  })

  test('a descendant is older than nobody it descends from', () => {
    expect(pidsOf(tree, [...others, entry(10, 2), entry(17, 10, 17, 17, '4999')])).toEqual([10])
  })

  test('none', () => {
    expect(pidsOf(tree, others)).toEqual([])
  })
})

describe('what was seen', () => {
  const first = [...others, entry(10, 2), entry(20, 10, 20)]
  const memory = remember(tree, membersOf(tree, first), first)

  test('stays of the tree when it moved away from it, with what descends from it', () => {
    const later = [...others, entry(20, 1, 20), entry(21, 20, 21)]
    expect(pidsOf({ ...memory, hasLeaderEnded: true }, later)).toEqual([20, 21])
  })

  test('passes its group and session on when it has ended', () => {
    const later = [...others, entry(22, 1, 20)]
    expect(pidsOf({ ...memory, hasLeaderEnded: true }, later)).toEqual([22])
  })

  test('is another process with another start', () => {
    const later = [...others, entry(20, 1, 20, 20, '6000'), entry(21, 20, 20)]
    expect(pidsOf({ ...memory, hasLeaderEnded: true }, later)).toEqual([])
  })

  test('leaves the group of a leader whose number was free meanwhile to a stranger', () => {
    const rest = [...others, entry(20, 1, 20)]
    const over = remember({ ...memory, hasLeaderEnded: true }, [], rest)
    // The stranger led a group of that number, and has ended in turn.
    expect(pidsOf(over, [...rest, entry(30, 99, 10)])).toEqual([20])
  })

  test('keeps the group of a leader that has ended for as long as it goes on', () => {
    const rest = [...others, entry(11, 1, 10)]
    const over = remember({ ...memory, hasLeaderEnded: true }, [], rest)
    expect(pidsOf(over, [...others, entry(12, 1, 10)])).toEqual([12])
  })

  test('is forgotten once nothing bears its number', () => {
    expect(remember(memory, [], others).seen).toEqual(new Map())
    const heir = entry(22, 1, 20)
    expect(remember(memory, [heir], [...others, heir]).seen).toEqual(
      new Map([
        [20, '5000'],
        [22, '5000'],
      ]),
    )
  })
})

test('a group is signalled as a whole only where it holds no stranger', () => {
  const members = [entry(10, 2), entry(11, 10, 10), entry(12, 10, 99), entry(1, 0, 1)]
  expect(groupsOf(members, [...others, ...members])).toEqual([10])
})
