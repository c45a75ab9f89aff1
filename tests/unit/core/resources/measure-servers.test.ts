import { expect, it } from 'vitest'
import { membersOfServers } from '../../../../src/core/resources/measure-servers.ts'
import { serverIdSchema } from '../../../../src/shared/domain/ids.ts'
import { entry } from './process-fixture.ts'

const id = (number: number) => serverIdSchema.parse(`srv_${String(number).padStart(16, '0')}`)

it('tells the trees of servers from tests of drafts and from this program', () => {
  const table = [
    entry(1),
    entry(10, { endedChildrenCpuMs: 9_000 }),
    entry(20, { parentPid: 10 }),
    entry(21, { parentPid: 20, endedChildrenCpuMs: 5 }),
    entry(30, { parentPid: 10 }),
    entry(40, { parentPid: 10, endedChildrenCpuMs: 7 }),
    entry(41, { parentPid: 40 }),
    entry(50, { parentPid: 10 }),
  ]
  const members = (...pids: readonly number[]) => table.filter(({ pid }) => pids.includes(pid))
  const tree = { serverName: 'a', runId: 'r' }
  const look = {
    at: 5,
    table,
    trees: [
      { ...tree, serverId: id(1), leaderPid: 20, members: members(20, 21) },
      // A draft of the first one that is tested.
      { ...tree, serverId: id(1), leaderPid: 30, members: members(30) },
      // It has ended.
      { ...tree, serverId: id(2), leaderPid: 60, members: [] },
      // A draft of a server that is not there yet.
      { ...tree, serverId: id(3), leaderPid: 50, members: members(50) },
    ],
  }
  const leaders = new Map([
    [id(1), 20],
    [id(2), 60],
  ])
  const { at, ofServers, own } = membersOfServers(look, leaders, 10)
  expect(at).toBe(5)
  expect([...ofServers]).toEqual([[id(1), members(20, 21)]])
  // What this program collected of its servers is not its own.
  expect(own).toEqual([entry(10, { endedChildrenCpuMs: 0 }), ...members(40, 41)])
})
