import { describe, expect, test } from 'vitest'
import {
  findTree,
  isAlive,
  isTreeGone,
  membersOf,
  type ProcessEntry,
  parsePs,
  parseStat,
} from '../../../../src/core/processes/process-table.ts'
import { parseAuxiliaryVector } from '../../../../src/core/processes/system-constants.ts'

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
  startMark: '5000',
  cpuMs: 0,
  memoryBytes: 0,
})
/** What follows the session in /proc/PID/stat, up to the resident pages: 12 ticks of user time, 3 of system time. */
const rest = '0 -1 4194304 0 0 0 0 12 3 0 0 20 0 1 0 5000 1000000 250'
const constants = { ticksPerSecond: 100, pageBytes: 4096 }
const used = { cpuMs: 150, memoryBytes: 250 * 4096 }

describe('a line of /proc/PID/stat', () => {
  test('an ordinary one', () => {
    expect(parseStat(`42 (node) S 1 40 39 ${rest}`, constants)).toEqual({
      ...entry(42, 1, 40, 39),
      ...used,
    })
  })
  test('a command that holds spaces and parentheses', () => {
    expect(parseStat(`42 (a) b (c) R 7 42 42 ${rest}`, constants)).toEqual({
      ...entry(42, 7),
      ...used,
    })
  })
  test.for([
    `42 (node) Z 1 40 39 ${rest}`,
    `42 (node) X 1 40 39 ${rest}`,
    '',
    'nonsense',
    '42 (node) S 1 40 39 0',
  ])('none: %s', (text) => {
    expect(parseStat(text)).toBeUndefined()
  })
})

describe('the output of ps', () => {
  test('processes with their start, time and memory; zombies left out', () => {
    const text = [
      '    1     0     1 Ss   Mon Nov 30 03:01:03 2026   1:02.50   2048',
      '  501     1   501 S+   Tue Dec  1 12:00:00 2026 1-02:03:04      8',
      '  502     1   502 Z    Tue Dec  1 12:00:00 2026   0:00.00      0',
      '',
    ].join('\n')
    expect(parsePs(text)).toEqual([
      {
        ...entry(1, 0),
        startMark: 'Mon Nov 30 03:01:03 2026',
        cpuMs: 62_500,
        memoryBytes: 2 * 2 ** 20,
      },
      {
        ...entry(501, 1),
        startMark: 'Tue Dec 1 12:00:00 2026',
        cpuMs: 93_784_000,
        memoryBytes: 8192,
      },
    ])
  })
})

describe('units of the system', () => {
  test('of an auxiliary vector, and the usual ones for what it does not name', () => {
    const vector = Buffer.alloc(32)
    vector.writeBigUInt64LE(6n, 0)
    vector.writeBigUInt64LE(65_536n, 8)
    expect(parseAuxiliaryVector(vector)).toEqual({ ticksPerSecond: 100, pageBytes: 65_536 })
  })
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
