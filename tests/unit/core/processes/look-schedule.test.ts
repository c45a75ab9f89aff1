import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { LookSchedule } from '../../../../src/core/processes/look-schedule.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A schedule, and when it looked, in milliseconds from now on. */
function openSchedule() {
  const begunAt = performance.now()
  const looks: number[] = []
  const schedule = new LookSchedule(
    60_000,
    () => looks.push(performance.now() - begunAt),
    () => true,
  )
  return { schedule, looks }
}

test('five looks follow a spawn', () => {
  const { schedule, looks } = openSchedule()
  schedule.onSpawn()
  vi.advanceTimersByTime(2_000)
  expect(looks).toEqual([5, 15, 50, 250, 1_000])
})

test('what is spawned together is looked at together', () => {
  const { schedule, looks } = openSchedule()
  for (let spawned = 0; spawned < 22; spawned += 1) schedule.onSpawn()
  vi.advanceTimersByTime(2_000)
  expect(looks).toHaveLength(5)
})

test('of what is spawned in a row each is looked at about in time, by few looks', () => {
  const { schedule, looks } = openSchedule()
  const spawnedAt = Array.from({ length: 200 }, (_, index) => index * 4)
  for (const _ of spawnedAt) {
    schedule.onSpawn()
    vi.advanceTimersByTime(4)
  }
  vi.advanceTimersByTime(4_000)
  for (const at of spawnedAt) {
    for (const ms of [5, 15, 50, 250, 1_000]) {
      const served = looks.some((look) => look >= at + ms / 2 && look <= at + ms * 2)
      expect(served, `${ms} ms after ${at}`).toBe(true)
    }
  }
  expect(looks.length).toBeLessThan(spawnedAt.length * 1.5)
})
