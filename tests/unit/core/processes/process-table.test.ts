import { describe, expect, test } from 'vitest'
import {
  findTree,
  isAlive,
  isTreeGone,
  membersOf,
  type ProcessEntry,
  parseStat,
} from '../../../../src/core/servers/process-table.ts'

const entry = (
  pid: number,
  parentPid: number,
  groupId = pid,
  sessionId = groupId,
): ProcessEntry => ({
  pid,
  parentPid,
  groupId,
  sessionId,
})

describe('a line of /proc/PID/stat', () => {
  test('an ordinary one', () => {
    expect(parseStat('42 (node) S 1 40 39 0 -1 4194304 1')).toEqual(entry(42, 1, 40, 39))
  })
  test('a command that holds spaces and parentheses', () => {
    expect(parseStat('42 (a) b (c) R 7 42 42 0 -1')).toEqual(entry(42, 7))
  })
  test.for(['42 (node) Z 1 40 39 0', '42 (node) X 1 40 39 0', '', 'nonsense', '42 (node) S 1'])(
    'none: %s',
    (text) => {
      expect(parseStat(text)).toBeUndefined()
    },
  )
})

describe('the members of a tree', () => {
  const tree = { leaderPid: 10, runId: 'r', hasLeaderEnded: false }
  const others = [entry(1, 0), entry(2, 1), entry(99, 2)]

  test('group, session and descendants, however deep', () => {
    const entries = [
      ...others,
      entry(14, 13),
      entry(10, 2),
      entry(11, 10, 10),
      entry(12, 1, 12, 10),
      entry(13, 11, 13),
    ]
    expect(new Set(membersOf(tree, entries))).toEqual(new Set([10, 11, 12, 13, 14]))
  })

  test('what the leader left behind in its group', () => {
    const ended = { ...tree, hasLeaderEnded: true }
    expect(membersOf(ended, [...others, entry(11, 1, 10), entry(15, 11, 15)])).toEqual([11, 15])
  })

  test('a stranger that got the number of a leader that has ended is left alone', () => {
    const ended = { ...tree, hasLeaderEnded: true }
    expect(membersOf(ended, [...others, entry(10, 2), entry(16, 10, 10)])).toEqual([])
  })

  test('none', () => {
    expect(membersOf(tree, others)).toEqual([])
  })
})

test('this process is alive, and is not of a tree that there is not', async () => {
  const none = { leaderPid: 2 ** 22 + 1, runId: 'no such run', hasLeaderEnded: true }
  expect(isAlive(process.pid)).toBe(true)
  expect(isAlive(none.leaderPid)).toBe(false)
  expect(await isTreeGone(none)).toBe(true)
  expect(await findTree(none)).toEqual({ pids: [], hasGroup: false })
})
