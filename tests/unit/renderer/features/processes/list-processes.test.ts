import { expect, test } from 'vitest'
import {
  isInFilter,
  linesOf,
  lookOfProcess,
  matchesWords,
  type ProcessFilter,
  processFilters,
  totalsOf,
} from '../../../../../src/renderer/features/processes/list-processes.ts'
import type { Evidence, MachineServer } from '../../../../../src/shared/domain/machine.ts'

const definition: Evidence = { kind: 'definition', places: [], serverId: null }
const ours: Evidence = { kind: 'ours', run: 'here', serverId: null }

function server(pid: number, change: Partial<MachineServer> = {}): MachineServer {
  return {
    pid,
    startMark: '1',
    identity: `i${pid}`,
    name: `server ${pid}`,
    evidence: [definition],
    tree: [
      {
        pid,
        startMark: '1',
        parentPid: 1,
        depth: 0,
        command: 'node',
        args: ['/x/index.js'],
        cpuMs: 1,
        memoryBytes: 10,
      },
    ],
    cwd: null,
    startedAt: pid,
    memoryBytes: 10,
    cpuMs: 1,
    cpuShare: null,
    parents: [],
    client: null,
    isOrphan: false,
    copies: 1,
    isSurplus: false,
    isUnsure: false,
    reap: 'bulk',
    keep: null,
    seen: '',
    ...change,
  }
}

test('lines are by name, copies of one under their own head, oldest first', () => {
  const copy = { identity: 'same', name: 'b', copies: 2 }
  const lines = linesOf([
    server(30, { name: 'c' }),
    server(20, copy),
    server(10, copy),
    server(40, { name: 'A' }),
  ])
  expect(
    lines.map((line) =>
      line.kind === 'group' ? `${line.servers.length} of ${line.identity}` : line.server.pid,
    ),
  ).toEqual([40, '2 of same', 10, 20, 30])
  expect(lines.map((line) => line.kind === 'server' && line.isCopy)).toEqual([
    false,
    false,
    true,
    true,
    false,
  ])
})

test('the order does not depend on figures', () => {
  const servers = [server(10), server(20), server(30)]
  const hot = servers.map((one) => ({ ...one, memoryBytes: 1e9 / one.pid, cpuShare: 1 }))
  const pids = (all: readonly MachineServer[]) =>
    linesOf(all).map((line) => line.kind === 'server' && line.server.pid)
  expect(pids(hot.toReversed())).toEqual(pids(servers))
})

test.each<[ProcessFilter, number[]]>([
  ['all', [1, 2, 3]],
  ['ours', [1]],
  ['others', [2, 3]],
  ['duplicates', [2]],
  ['orphans', [3]],
])('%s', (filter, pids) => {
  const all = [
    server(1, { evidence: [ours] }),
    server(2, { copies: 2 }),
    server(3, { isOrphan: true }),
  ]
  expect(processFilters).toContain(filter)
  expect(all.filter((one) => isInFilter(one, filter)).map(({ pid }) => pid)).toEqual(pids)
})

test.each([
  ['', true],
  ['SERVER 7', true],
  ['index.js 7', true],
  ['cursor', true],
  ['index.js 8', false],
])('the words %j', (text, found) => {
  const one = server(7, { client: { name: 'Cursor', pid: 2 } })
  expect(matchesWords(one, text)).toBe(found)
})

test.each<[Partial<MachineServer>, string]>([
  [{ isOrphan: true }, 'orphan'],
  [{ isSurplus: true, client: { name: 'x', pid: 1 } }, 'surplus'],
  [{ evidence: [ours] }, 'ours'],
  [{ evidence: [{ kind: 'ours', run: 'elsewhere', serverId: null }] }, 'elsewhere'],
  [{ evidence: [{ kind: 'ours', run: 'leftover', serverId: null }], isOrphan: true }, 'orphan'],
  [{ client: { name: 'x', pid: 1 } }, 'used'],
  [{}, 'unknown'],
])('%j looks like %s', (change, word) => {
  expect(lookOfProcess(server(1, change)).word).toBe(word)
})

test('totals add up', () => {
  expect(totalsOf([server(1), server(2)])).toEqual({ servers: 2, processes: 2, memoryBytes: 20 })
})
