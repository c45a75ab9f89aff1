import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import {
  type MemberLook,
  ResourceSampler,
} from '../../../../src/core/resources/resource-sampler.ts'
import type { ResourcesEvent } from '../../../../src/shared/contract/resources.ts'
import { serverIdSchema } from '../../../../src/shared/domain/ids.ts'
import { entry } from './process-fixture.ts'

const id = serverIdSchema.parse('srv_0000000000000001')
const beatMs = 2_000
let sampler: ResourceSampler
let asked: number
let events: ResourcesEvent[]

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
  asked = 0
  events = []
  sampler = new ResourceSampler({ look: () => (asked += 1), beatMs, now: Date.now })
  sampler.onDidSample((event) => events.push(event))
})

afterEach(() => {
  sampler.close()
  vi.useRealTimers()
})

/** A server that takes half a core, and this program, which takes nothing. */
function busy(): MemberLook {
  const at = performance.now()
  return {
    at,
    ofServers: new Map([[id, [entry(7, { cpuMs: at / 2, memoryBytes: 1_000 })]]]),
    own: [entry(1, { memoryBytes: 50 })],
  }
}

function takeAfter(ms: number, look: () => MemberLook = busy): void {
  vi.advanceTimersByTime(ms)
  sampler.take(look())
}

const types = (of: readonly ResourcesEvent[]) => of.map(({ type }) => type)

it('measures from the second look on, in percent of one core', () => {
  takeAfter(0)
  expect(events).toEqual([])
  takeAfter(beatMs)
  expect(events).toEqual([
    {
      type: 'sample',
      serverId: id,
      sample: { at: 1_002_000, cpuPercent: 50, memoryBytes: 1_000, processes: 1 },
      point: { at: 1_000_000, cpuPercent: 50, memoryBytes: 1_000 },
    },
    expect.objectContaining({ type: 'sample', serverId: null }),
  ])
  expect(sampler.latest()).toEqual([{ serverId: id, sample: expect.anything() }])
})

it('leaves looks out that come in a burst, and what spans a time in which nobody looked', () => {
  takeAfter(0)
  for (let count = 0; count < 7; count += 1) takeAfter(200)
  expect(events).toEqual([])
  takeAfter(600)
  expect(events).toHaveLength(2)
  takeAfter(3_600_000)
  expect(events).toHaveLength(2)
  takeAfter(beatMs)
  expect(events).toHaveLength(4)
})

it('gives a new watcher the history and what is true now', () => {
  for (let count = 0; count < 7; count += 1) takeAfter(beatMs)
  const seen: ResourcesEvent[] = []
  sampler.watch((event) => seen.push(event))
  expect(types(seen)).toEqual(['history', 'history', 'sample', 'sample', 'ready'])
  expect(seen[0]).toMatchObject({
    serverId: id,
    points: [{ at: 1_000_000 }, { at: 1_010_000 }],
  })
  takeAfter(beatMs)
  expect(types(seen).slice(5)).toEqual(['sample', 'sample'])
})

it('says when a tree is gone, keeps its history, and forgets a server that was removed', () => {
  takeAfter(0)
  takeAfter(beatMs)
  takeAfter(beatMs, () => ({ at: performance.now(), ofServers: new Map(), own: [entry(1)] }))
  expect(events.filter(({ type }) => type === 'ended')).toEqual([{ type: 'ended', serverId: id }])
  expect(sampler.latest()).toEqual([])
  const histories = () => {
    const seen: ResourcesEvent[] = []
    sampler.watch((event) => seen.push(event))()
    return seen.flatMap((event) => (event.type === 'history' ? [event.serverId] : []))
  }
  expect(histories()).toEqual([id, null])
  sampler.forget(id)
  expect(histories()).toEqual([null])
})

it('asks for looks only while somebody watches and none comes by itself', () => {
  vi.advanceTimersByTime(60_000)
  expect(asked).toBe(0)
  const stop = sampler.watch(() => {})
  expect(asked).toBe(1)
  const stopOther = sampler.watch(() => {})
  vi.advanceTimersByTime(10_000)
  expect(asked).toBe(2 + 5)
  for (let count = 0; count < 20; count += 1) takeAfter(beatMs - 1)
  const before = asked
  stop()
  for (let count = 0; count < 20; count += 1) takeAfter(beatMs - 1)
  expect(asked).toBe(before)
  stopOther()
  vi.advanceTimersByTime(60_000)
  expect(asked).toBe(before)
})

it('closed, it leaves no timer', () => {
  sampler.watch(() => {})
  sampler.close()
  expect(vi.getTimerCount()).toBe(0)
})
