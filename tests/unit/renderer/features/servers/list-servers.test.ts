import { describe, expect, test } from 'vitest'
import {
  attentionFirst,
  byName,
  inOrder,
  isInSegment,
  matchesText,
  sortBy,
} from '../../../../../src/renderer/features/servers/list-servers.ts'
import type { ServerId } from '../../../../../src/shared/domain/ids.ts'
import type { ServerView } from '../../../../../src/shared/domain/server-view.ts'
import { backoff, failed, idOf, running, server, stopped } from './server-fixture.ts'

const noUsage = () => null
const names = (servers: readonly ServerView[]) => servers.map((one) => one.definition.name)

describe('the order of the table', () => {
  test('is by name, numbers as numbers, and the other way round on the second click', () => {
    const all = [server(1, 's10'), server(2, 'S2'), server(3, 'a')]
    expect(names(inOrder(all, byName))).toEqual(['a', 'S2', 's10'])
    expect(names(inOrder(all, sortBy('name', byName, all, noUsage)))).toEqual(['s10', 'S2', 'a'])
  })

  test('by state stays as it was asked for when a state changes, and a later server comes last', () => {
    const before = [server(1, 'a', running), server(2, 'b', failed('exited')), server(3, 'c')]
    const sort = sortBy('state', byName, before, noUsage)
    expect(names(inOrder(before, sort))).toEqual(['b', 'a', 'c'])
    const after = [
      server(1, 'a', failed('exited')),
      server(2, 'b', running),
      server(3, 'c'),
      server(4, '0', failed('exited')),
    ]
    expect(names(inOrder(after, sort))).toEqual(['b', 'a', 'c', '0'])
  })

  test('by tools has the most first, those that are not known last, equal ones by name', () => {
    const all = [
      server(1, 'none', stopped),
      server(2, 'few', running, {}, 2),
      server(3, 'many', running, {}, 40),
      server(4, 'also few', running, {}, 2),
    ]
    expect(names(inOrder(all, sortBy('tools', byName, all, noUsage)))).toEqual([
      'many',
      'also few',
      'few',
      'none',
    ])
  })

  test('by what they take has the most first and those that take nothing last, and stays so', () => {
    const all = [server(1, 'off'), server(2, 'small', running), server(3, 'large', running)]
    const usage = (cpuPercent: number, memoryBytes: number) => ({
      at: 1,
      cpuPercent,
      memoryBytes,
      processes: 1,
    })
    const usages = new Map([
      [idOf(2), usage(9, 10)],
      [idOf(3), usage(0, 20)],
    ])
    const usageOf = (id: ServerId) => usages.get(id) ?? null
    const byCpu = sortBy('cpu', byName, all, usageOf)
    expect(names(inOrder(all, byCpu))).toEqual(['small', 'large', 'off'])
    expect(names(inOrder(all, sortBy('memory', byCpu, all, usageOf)))).toEqual([
      'large',
      'small',
      'off',
    ])
    usages.set(idOf(3), usage(90, 20))
    expect(names(inOrder(all, byCpu))).toEqual(['small', 'large', 'off'])
  })
})

test('the text finds servers by words of their name, project, type and command, in any case', () => {
  const one = server(1, 'GitHub', stopped, { scope: 'project', project: '/home/me/shop' })
  expect(matchesText(one, '')).toBe(true)
  expect(matchesText(one, 'github SHOP')).toBe(true)
  expect(matchesText(one, 'npx stdio')).toBe(true)
  expect(matchesText(one, 'github other')).toBe(false)
})

test('segments tell what runs and what needs a person', () => {
  const silent = server(1, 'silent', { ...running, health: 'unresponsive' })
  expect(isInSegment(silent, 'running')).toBe(true)
  expect(isInSegment(silent, 'attention')).toBe(true)
  expect(isInSegment(server(2, 'fine', running), 'attention')).toBe(false)
  expect(isInSegment(server(3, 'off'), 'all')).toBe(true)
})

test('the strip has the broken first, then the sign-ins, then what the program tries again', () => {
  const all = [
    server(1, 'waits', backoff('exited', 2, 9_000)),
    server(2, 'token', failed('auth_required')),
    server(3, 'z broken', failed('exited')),
    server(4, 'a broken', failed('command_not_found')),
    server(5, 'fine', running),
  ]
  expect(names(attentionFirst(all))).toEqual(['a broken', 'z broken', 'token', 'waits'])
})
