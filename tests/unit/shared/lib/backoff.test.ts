import { expect, test } from 'vitest'
import { backoffMs } from '../../../../src/shared/lib/backoff.ts'

const policy = { baseMs: 1_000, capMs: 30_000, jitter: 0.2 }

test('the wait doubles up to its cap', () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 50].map((failures) => backoffMs(policy, failures, 0.5))
  expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000])
})

test('it varies to either side', () => {
  expect(backoffMs(policy, 1, 0)).toBe(800)
  expect(backoffMs(policy, 1, 0.999_999)).toBe(1_200)
  expect(backoffMs({ ...policy, jitter: 0 }, 3, 0.1)).toBe(4_000)
})
