import { expect, test } from 'vitest'
import { hostLineOf, isLeftByHost } from '../../../../src/core/processes/adoption/left-by-host.ts'

/** Init, the session's manager, a shell; another MCP Manager (50) with a server and what comes from it; two that are left. */
const parentOf = new Map([
  [1, 0],
  [10, 1],
  [20, 10],
  [50, 20],
  [51, 50],
  [52, 51],
  [60, 10],
  [61, 60],
  [70, 80],
])
const tagged = new Set([51, 52, 60, 61, 70])

test.for([
  ['what became a child of one that the host came from', 60, true],
  ['what comes from that', 61, true],
  ['what another MCP Manager runs', 51, false],
  ['what comes from that one', 52, false],
  ['what has no tag', 20, false],
  ['what has a parent that nobody knows', 70, false],
] as const)('%s', ([, pid, isLeft]) => {
  const line = new Set([20, 10, 1])
  expect(isLeftByHost(pid, { parentOf, tagged, line, owners: new Set([50]) })).toBe(isLeft)
})

test('where the host came from another MCP Manager, its children are that one’s', () => {
  const line = new Set([50, 20, 10, 1])
  expect(isLeftByHost(51, { parentOf, tagged, line, owners: new Set([50]) })).toBe(false)
})

test('the line of a host ends at a server of another MCP Manager', () => {
  const line = (pid: number) => [
    ...hostLineOf(
      pid,
      (at) => parentOf.get(at),
      (at) => tagged.has(at),
    ),
  ]
  expect(line(50)).toEqual([20, 10, 1])
  expect(line(52)).toEqual([])
})
