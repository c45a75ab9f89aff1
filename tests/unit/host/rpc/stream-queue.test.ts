import { expect, test } from 'vitest'
import { LatestQueue } from '../../../../src/host/rpc/stream-queue.ts'

test('of each key the latest is kept, in the order of the keys', () => {
  const queue = new LatestQueue<{ key: string; value: number }>(({ key }) => key)
  for (const [key, value] of [
    ['a', 1],
    ['b', 2],
    ['a', 3],
  ] as const)
    queue.push({ key, value })
  expect(queue.take(10)).toEqual({
    items: [
      { key: 'a', value: 3 },
      { key: 'b', value: 2 },
    ],
    dropped: 0,
  })
})

test('beyond its capacity the oldest keys are dropped and counted once', () => {
  const queue = new LatestQueue<number>(String, 2)
  for (const item of [1, 2, 2, 3, 4]) queue.push(item)
  expect(queue.size).toBe(2)
  expect(queue.take(10)).toEqual({ items: [3, 4], dropped: 2 })
  expect(queue.take(10)).toEqual({ items: [], dropped: 0 })
})
