import { expect, test } from 'vitest'
import {
  CallHistory,
  type CallStart,
  rememberedCalls,
} from '../../../../src/core/tools/call-history.ts'
import type { CallRecord } from '../../../../src/shared/contract/tools.ts'
import { callIdSchema, serverIdSchema } from '../../../../src/shared/domain/ids.ts'

const serverId = serverIdSchema.parse('srv_aaaaaaaaaaaaaaaa')
const ended = { durationMs: 5, outcome: 'ok', error: null, bytes: 12 } as const

function start(number: number, text = ''): CallStart {
  const callId = callIdSchema.parse(`call_${String(number).padStart(16, '0')}`)
  return { callId, serverId, tool: 't', caller: 'Test', args: { text }, startedAt: number }
}

test('a call is told when it begins and when it ends, and keeps its place', () => {
  const history = new CallHistory()
  const told: CallRecord[] = []
  const stop = history.onDidChange((record) => told.push(record))
  const endFirst = history.begin(start(1))
  history.begin(start(2))
  endFirst(ended)
  stop()
  history.begin(start(3))
  expect(told.map(({ startedAt, outcome }) => [startedAt, outcome])).toEqual([
    [1, 'running'],
    [2, 'running'],
    [1, 'ok'],
  ])
  expect(history.list().map(({ startedAt, outcome }) => [startedAt, outcome])).toEqual([
    [1, 'ok'],
    [2, 'running'],
    [3, 'running'],
  ])
  expect(history.list()[0]).toMatchObject({ durationMs: 5, bytes: 12 })
})

test('the oldest is forgotten; its end is told all the same', () => {
  const history = new CallHistory()
  const end = history.begin(start(0))
  for (let number = 1; number <= rememberedCalls; number += 1) history.begin(start(number))
  expect(history.list()).toHaveLength(rememberedCalls)
  expect(history.list()[0]?.startedAt).toBe(1)
  const told: CallRecord[] = []
  history.onDidChange((record) => told.push(record))
  end(ended)
  expect(told).toMatchObject([{ startedAt: 0, outcome: 'ok' }])
  expect(history.list()).toHaveLength(rememberedCalls)
})

test('large arguments make room by themselves, and the newest call stays', () => {
  const history = new CallHistory()
  history.begin(start(1))
  history.begin(start(2, 'x'.repeat(17 * 1024 * 1024)))
  expect(history.list().map((record) => record.startedAt)).toEqual([2])
  history.begin(start(3))
  expect(history.list().map((record) => record.startedAt)).toEqual([3])
})
