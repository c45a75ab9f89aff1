import { beforeEach, expect, test } from 'vitest'
import { CeilingKeeper } from '../../../../src/core/resources/ceiling-keeper.ts'
import type { ServerView } from '../../../../src/shared/domain/server-view.ts'
import { defaultSupervision } from '../../../../src/shared/domain/supervision.ts'
import { idOf, running, serverOf, stopped } from '../../main/server-fixture.ts'

const id = idOf(1)
let view: ServerView | null
let done: string[]
let mayRestart: boolean
let keeper: CeilingKeeper

beforeEach(() => {
  const limits = { memoryBytes: 100, cpuPercent: null, onExceeded: 'restart' } as const
  const { definition, ...rest } = serverOf(1, 'eater', running())
  const supervision = { ...defaultSupervision, limits }
  view = { ...rest, definition: { ...definition, supervision } }
  done = []
  mayRestart = true
  keeper = new CeilingKeeper({
    view: () => view,
    show: (_id, exceeded) => {
      done.push(exceeded === null ? 'show nothing' : `show ${exceeded.resource}`)
      if (view !== null) view = { ...view, stats: { ...view.stats, exceeded } }
    },
    restart: () => done.push('restart'),
    record: (action) =>
      done.push(
        `record ${action.kind}${action.heldBack ? ', held back' : ''} of ${action.serverName}`,
      ),
    mayRestart: () => mayRestart,
  })
})

function sample(at: number, memoryBytes: number): void {
  const measured = { at, memoryBytes, cpuPercent: 0, processes: 1 }
  const point = { at, memoryBytes, cpuPercent: 0 }
  keeper.take({ type: 'sample', serverId: id, sample: measured, point })
}

test('what is within its ceilings is left alone', () => {
  for (let at = 0; at < 100_000; at += 2_000) sample(at, 99)
  expect(done).toEqual([])
})

test('a warning is shown and recorded, and taken back when it is over', () => {
  for (const at of [0, 2_000, 4_000]) sample(at, 120)
  sample(6_000, 90)
  sample(8_000, 90)
  expect(done).toEqual(['show memory', 'record ceiling-warning of eater', 'show nothing'])
})

test('a restart is recorded before it is made', () => {
  sample(0, 500)
  expect(done).toEqual(['show memory', 'record restart of eater', 'restart'])
})

test('a restart that is switched off is held back, once', () => {
  mayRestart = false
  sample(0, 500)
  sample(2_000, 500)
  expect(done).toEqual(['show memory', 'record restart, held back of eater', 'show memory'])
})

test('while it starts or stops nothing counts, and its end takes the warning back', () => {
  for (const at of [0, 2_000, 4_000]) sample(at, 120)
  if (view !== null) view = { ...view, state: stopped }
  sample(6_000, 500)
  expect(done.slice(2)).toEqual(['show nothing'])
  keeper.take({ type: 'ended', serverId: id })
  expect(done).toHaveLength(3)
})

test('this program has no ceilings, and a server that is gone none any more', () => {
  view = null
  sample(0, 500)
  keeper.take({ type: 'ready' })
  keeper.take({ type: 'ended', serverId: null })
  expect(done).toEqual([])
})
