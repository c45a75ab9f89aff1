import { describe, expect, test } from 'vitest'
import { parseEnvironment, parseStat } from '../../../../src/core/processes/linux-table.ts'
import type { ProcessEntry } from '../../../../src/core/processes/process-entry.ts'
import { isAlive, readStartMark } from '../../../../src/core/processes/process-table.ts'
import { parsePsLine, parsePsVariable } from '../../../../src/core/processes/ps-table.ts'
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
/** What follows the session in /proc/PID/stat, up to the resident pages: 12 ticks of user time, 3 of system time, 4 and 1 of children. */
const rest = '0 -1 4194304 0 0 0 0 12 3 4 1 20 0 1 0 5000 1000000 250'
const constants = { ticksPerSecond: 100, pageBytes: 4096 }
const used = { cpuMs: 150, endedChildrenCpuMs: 50, memoryBytes: 250 * 4096 }

describe('a line of /proc/PID/stat', () => {
  test('an ordinary one', () => {
    expect(parseStat(`42 (node) S 1 40 39 ${rest}`, constants)).toEqual({
      entry: { ...entry(42, 1, 40, 39), ...used },
      isZombie: false,
      isKernelThread: false,
    })
  })
  test('a command that holds spaces and parentheses', () => {
    expect(parseStat(`42 (a) b (c) R 7 42 42 ${rest}`, constants)).toEqual({
      entry: { ...entry(42, 7), ...used },
      isZombie: false,
      isKernelThread: false,
    })
  })
  test.for(['Z', 'X'])('one that has ended: %s', (state) => {
    expect(parseStat(`42 (node) ${state} 1 40 39 ${rest}`)).toMatchObject({ isZombie: true })
  })
  test('a thread of the kernel', () => {
    const flags = 0x0020_8040
    const text = `2 (kthreadd) S 0 0 0 0 -1 ${flags} 0 0 0 0 0 3 0 0 20 0 1 0 7 0 0`
    expect(parseStat(text, constants)).toMatchObject({ isKernelThread: true })
  })
  test.for(['', 'nonsense', '42 (node) S 1 40 39 0'])('none: %s', (text) => {
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
    ]
    expect(text.map(parsePsLine)).toEqual([
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
      null,
      null,
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

describe('environments', () => {
  test('of /proc, where a process may have written its title over them', () => {
    expect(parseEnvironment('A=1\0B=x=y\0\0=odd\0title of a process\0')).toEqual(
      new Map([
        ['A', '1'],
        ['B', 'x=y'],
      ]),
    )
  })
  test('of a name that is there twice the first counts, as for getenv', () => {
    expect(parseEnvironment('A=1\0B=\0A=2\0B=3\0')).toEqual(
      new Map([
        ['A', '1'],
        ['B', ''],
      ]),
    )
  })
  test('of ps: what comes last in the line, not an argument of the same look', () => {
    const text = [
      '  501 /bin/tool --note OWNER=argument HOME=/x OWNER=real SHELL=/bin/sh',
      '  502 /bin/other HOME=/x',
    ]
    expect(text.map((line) => parsePsVariable(line, 'OWNER'))).toEqual([[501, 'real'], null])
  })
})

test('this process is alive, with a start, and one of an impossible number is not', async () => {
  expect(isAlive(process.pid)).toBe(true)
  expect(await readStartMark(process.pid)).toMatch(/./)
  expect(isAlive(2 ** 22 + 1)).toBe(false)
  expect(await readStartMark(2 ** 22 + 1)).toBeNull()
})
