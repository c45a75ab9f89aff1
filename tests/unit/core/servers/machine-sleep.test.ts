import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { MachineSleep } from '../../../../src/core/servers/machine-sleep.ts'

let sleep: MachineSleep

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
  sleep = new MachineSleep(Date.now)
})

afterEach(() => {
  sleep.close()
  vi.useRealTimers()
})

/** The clock goes on while no timer runs, as in a sleep of the machine. */
function standStill(ms: number): void {
  vi.setSystemTime(Date.now() + ms)
}

test('closed, it leaves no timer', () => {
  sleep.close()
  expect(vi.getTimerCount()).toBe(0)
})

test('an ordinary day is awake throughout', () => {
  for (let minute = 0; minute < 60; minute += 1) {
    vi.advanceTimersByTime(60_000)
    expect(sleep.isAwake()).toBe(true)
  }
})

test('from the system’s word until some time after the wake-up it is not awake', () => {
  sleep.suspend()
  expect(sleep.isAwake()).toBe(false)
  standStill(3_600_000)
  expect(sleep.isAwake()).toBe(false)
  sleep.resume()
  vi.advanceTimersByTime(29_000)
  expect(sleep.isAwake()).toBe(false)
  vi.advanceTimersByTime(7_000)
  expect(sleep.isAwake()).toBe(true)
})

test('a sleep that was called off ends by itself', () => {
  sleep.suspend()
  vi.advanceTimersByTime(55_000)
  expect(sleep.isAwake()).toBe(false)
  vi.advanceTimersByTime(10_000)
  expect(sleep.isAwake()).toBe(true)
})

test('without a word the gap in the clock tells, before any timer has run', () => {
  standStill(60_000)
  expect(sleep.isAwake()).toBe(false)
  vi.advanceTimersByTime(29_000)
  expect(sleep.isAwake()).toBe(false)
  vi.advanceTimersByTime(11_000)
  expect(sleep.isAwake()).toBe(true)
})

test('a busy moment is no sleep', () => {
  vi.advanceTimersByTime(4_000)
  standStill(9_000)
  expect(sleep.isAwake()).toBe(true)
})

test('a clock that is set back hides no later gap', () => {
  standStill(60_000)
  vi.advanceTimersByTime(5_000)
  standStill(-7_200_000)
  vi.advanceTimersByTime(5_000)
  expect(sleep.isAwake()).toBe(true)
  standStill(60_000)
  expect(sleep.isAwake()).toBe(false)
})
