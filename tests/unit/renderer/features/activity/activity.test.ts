import { describe, expect, test } from 'vitest'
import { factsOf } from '../../../../../src/renderer/features/activity/action-facts.ts'
import { actionLook } from '../../../../../src/renderer/features/activity/action-look.ts'
import {
  actionKinds,
  byDay,
  dayWord,
  fitsFilter,
  serversOf,
} from '../../../../../src/renderer/features/activity/list-actions.ts'
import { logsQueryAt } from '../../../../../src/renderer/features/activity/log-moment.ts'
import {
  type AutomaticAction,
  automaticActionSchema,
} from '../../../../../src/shared/domain/automatic-action.ts'
import { idOf } from '../servers/server-fixture.ts'

let made = 0

function action(at: number, server: number | null, name: string | null, more: object) {
  made += 1
  return automaticActionSchema.parse({
    id: `act_${String(made).padStart(16, '0')}`,
    at,
    serverId: server === null ? null : idOf(server),
    serverName: name,
    heldBack: false,
    ...more,
  })
}

const error = { code: 'exited', data: { exitCode: 3, stderr: ['one', 'two'] } }
const park = { kind: 'park', error, failures: 5 }
const reap = { kind: 'reap', pids: [7, 8] }
const idle = { kind: 'idle-stop', idleMs: 5 }

test('actions are filtered by kind and server', () => {
  const all = [action(1, 1, 'a', park), action(2, 2, 'b', park), action(3, null, null, reap)]
  const kinds = (filter: Parameters<typeof fitsFilter>[1]) =>
    all.filter((one) => fitsFilter(one, filter)).map(({ at }) => at)
  expect(kinds({ kind: null, serverId: null })).toEqual([1, 2, 3])
  expect(kinds({ kind: 'park', serverId: null })).toEqual([1, 2])
  expect(kinds({ kind: null, serverId: idOf(2) })).toEqual([2])
  expect(kinds({ kind: 'reap', serverId: idOf(2) })).toEqual([])
})

test('every kind can be chosen', () => {
  const kinds = automaticActionSchema.options.map(({ shape }) => shape.kind.value)
  expect([...actionKinds].toSorted()).toEqual(kinds.toSorted())
})

describe('days', () => {
  const noon = (month: number, day: number) => new Date(2026, month, day, 12).getTime()

  test('keep the order that they are given in', () => {
    const actions = [
      action(noon(10, 30), 1, 'a', idle),
      action(noon(10, 29) + 1, 1, 'a', idle),
      action(noon(10, 29), 1, 'a', idle),
    ]
    expect(byDay(actions).map(({ startAt, actions: ofDay }) => [startAt, ofDay.length])).toEqual([
      [new Date(2026, 10, 30).getTime(), 1],
      [new Date(2026, 10, 29).getTime(), 2],
    ])
  })

  test('are today, yesterday, or earlier', () => {
    const words = [30, 29, 28].map((day) =>
      dayWord(new Date(2026, 10, day).getTime(), noon(10, 30)),
    )
    expect(words).toEqual(['today', 'yesterday', 'earlier'])
    expect(dayWord(new Date(2026, 10, 30).getTime(), noon(11, 1))).toBe('yesterday')
  })
})

test('the servers that can be chosen have the name that they had last', () => {
  const newestFirst = [
    action(3, 1, 'zeta', idle),
    action(2, 2, 'beta', idle),
    action(1, 1, 'old', idle),
    action(0, null, null, reap),
  ]
  expect(serversOf(newestFirst)).toEqual([
    { id: idOf(2), name: 'beta' },
    { id: idOf(1), name: 'zeta' },
  ])
})

test('the facts of an action are its processes, its failure and what was printed', () => {
  const facts = (more: object) => factsOf(action(1, 1, 'a', more))
  expect(facts(park)).toEqual({ pids: [], error, stderr: ['one', 'two'] })
  expect(facts(reap)).toEqual({ pids: [7, 8], error: null, stderr: [] })
  expect(facts(idle)).toBeNull()
  const failure = { type: 'failure', error, failures: 1, delayMs: 5 }
  expect(facts({ kind: 'restart', cause: failure })?.error).toEqual(error)
  expect(facts({ kind: 'restart', cause: { type: 'exit', delayMs: 5 } })).toBeNull()
})

test('what was held back looks like what waits for a person', () => {
  const held: AutomaticAction = { ...action(1, 1, 'a', park), heldBack: true }
  expect([actionLook(held).tone, actionLook({ ...held, heldBack: false }).tone]).toEqual([
    'you',
    'bad',
  ])
})

test('the log is shown around the moment, today by its clock', () => {
  const at = new Date(2026, 10, 30, 12, 4, 31, 480).getTime()
  expect(logsQueryAt('github', at, at + 60_000)).toBe(
    'server:github since:12:04:16 before:12:04:46',
  )
  expect(logsQueryAt('a b', at, at + 3 * 86_400_000)).toBe(
    'server:"a b" since:2026-11-30T12:04:16 before:2026-11-30T12:04:46',
  )
})
