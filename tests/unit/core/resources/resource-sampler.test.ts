import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ResourceSampler, type TreeLook } from '../../../../src/core/resources/resource-sampler.ts'
import type { ResourcesEvent } from '../../../../src/shared/contract/resources.ts'
import { serverIdSchema } from '../../../../src/shared/domain/ids.ts'
import { entry } from './process-fixture.ts'

const id = serverIdSchema.parse('srv_0000000000000001')
let sampler: ResourceSampler
let looks: number
let look: () => Promise<TreeLook>
let faults: unknown[]

/** A server that takes half a core, and this program, which takes nothing. */
const busy = async (): Promise<TreeLook> => ({
  trees: new Map([[id, [entry(7, { cpuMs: performance.now() / 2, memoryBytes: 1_000 })]]]),
  own: [entry(1, { memoryBytes: 50 })],
})

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
  looks = 0
  faults = []
  look = busy
  sampler = new ResourceSampler({
    look: () => {
      looks += 1
      return look()
    },
    timing: { watchedMs: 2_000, restMs: 10_000 },
    now: Date.now,
    onFault: (error) => faults.push(error),
  })
})

afterEach(() => {
  sampler.close()
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

const types = (events: readonly ResourcesEvent[]) => events.map(({ type }) => type)

it('looks at nothing while no server has a process and nobody watches', async () => {
  await vi.advanceTimersByTimeAsync(60_000)
  expect(looks).toBe(0)
})

it('looks every 10 s while servers run, every 2 s while somebody watches', async () => {
  sampler.setHasServers(true)
  await vi.advanceTimersByTimeAsync(30_000)
  expect(looks).toBe(4)
  // The last look was just now: the next one waits its time, so that there is something to measure.
  const stop = sampler.watch(() => {})
  await vi.advanceTimersByTimeAsync(1_000)
  expect(looks).toBe(4)
  await vi.advanceTimersByTimeAsync(9_000)
  expect(looks).toBe(9)
  stop()
  await vi.advanceTimersByTimeAsync(22_000)
  expect(looks).toBe(12)
  sampler.setHasServers(false)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(looks).toBe(13)
})

it('measures from the second look on, in percent of one core', async () => {
  const events: ResourcesEvent[] = []
  sampler.watch((event) => events.push(event))
  await vi.advanceTimersByTimeAsync(0)
  expect(types(events)).toEqual(['ready'])
  await vi.advanceTimersByTimeAsync(2_000)
  expect(types(events)).toEqual(['ready', 'sample', 'sample'])
  expect(events[1]).toMatchObject({
    serverId: id,
    sample: { at: 1_002_000, cpuPercent: 50, memoryBytes: 1_000, processes: 1 },
    point: { at: 1_000_000, cpuPercent: 50 },
  })
  expect(events[2]).toMatchObject({ serverId: null, sample: { cpuPercent: 0, memoryBytes: 50 } })
  expect(sampler.latest()).toEqual([{ serverId: id, sample: expect.anything() }])
})

it('gives a new watcher the history and what is true now', async () => {
  sampler.watch(() => {})
  await vi.advanceTimersByTimeAsync(14_000)
  const events: ResourcesEvent[] = []
  sampler.watch((event) => events.push(event))
  expect(types(events)).toEqual(['history', 'history', 'sample', 'sample', 'ready'])
  expect(events[0]).toMatchObject({
    serverId: id,
    points: [{ at: 1_000_000 }, { at: 1_010_000 }],
  })
})

it('says when a tree is gone, keeps its history, and forgets a server that was removed', async () => {
  const events: ResourcesEvent[] = []
  sampler.watch((event) => events.push(event))
  await vi.advanceTimersByTimeAsync(4_000)
  look = async () => ({ trees: new Map(), own: [entry(1)] })
  await vi.advanceTimersByTimeAsync(2_000)
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

it('goes on after a look that failed, and tells it once', async () => {
  look = async () => {
    throw new Error('no table')
  }
  sampler.watch(() => {})
  await vi.advanceTimersByTimeAsync(6_000)
  expect(faults).toHaveLength(1)
  look = busy
  await vi.advanceTimersByTimeAsync(4_000)
  expect(sampler.latest()).toHaveLength(1)
})

it('counts nothing of the time in which it did not look', async () => {
  sampler.setHasServers(true)
  await vi.advanceTimersByTimeAsync(10_000)
  sampler.setHasServers(false)
  await vi.advanceTimersByTimeAsync(3_600_000)
  const events: ResourcesEvent[] = []
  sampler.onDidSample((event) => events.push(event))
  look = async () => ({ trees: new Map([[id, [entry(9, { cpuMs: 1_000 })]]]), own: [] })
  sampler.setHasServers(true)
  await vi.advanceTimersByTimeAsync(0)
  expect(events).toEqual([])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(events[0]).toMatchObject({ sample: { cpuPercent: 0 } })
})
