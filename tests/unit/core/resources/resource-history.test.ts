import { expect, it } from 'vitest'
import { ResourceHistory } from '../../../../src/core/resources/resource-history.ts'
import { historyPoints, pointMs } from '../../../../src/shared/domain/resources.ts'

const sample = (at: number, cpuPercent: number, memoryBytes = 0) => ({
  at,
  cpuPercent,
  memoryBytes,
  processes: 1,
})

it('gathers the samples of ten seconds: the mean of the time, the most memory', () => {
  const history = new ResourceHistory()
  history.add(sample(pointMs, 10, 3))
  history.add(sample(pointMs + 2_000, 20, 9))
  expect(history.add(sample(pointMs + 4_000, 60, 6))).toEqual({
    at: pointMs,
    cpuPercent: 30,
    memoryBytes: 9,
  })
  history.add(sample(2 * pointMs, 5, 1))
  expect(history.points).toEqual([
    { at: pointMs, cpuPercent: 30, memoryBytes: 9 },
    { at: 2 * pointMs, cpuPercent: 5, memoryBytes: 1 },
  ])
})

it('keeps ten minutes', () => {
  const history = new ResourceHistory()
  for (let index = 0; index < historyPoints + 5; index += 1) history.add(sample(index * pointMs, 0))
  expect(history.points).toHaveLength(historyPoints)
  expect(history.points[0]?.at).toBe(5 * pointMs)
})

it('stays in order when the clock is set back', () => {
  const history = new ResourceHistory()
  history.add(sample(5 * pointMs, 10))
  history.add(sample(2 * pointMs, 30))
  expect(history.points).toEqual([{ at: 5 * pointMs, cpuPercent: 20, memoryBytes: 0 }])
})
