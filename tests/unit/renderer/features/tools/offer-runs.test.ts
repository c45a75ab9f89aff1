import { expect, test } from 'vitest'
import { type Run, withRun } from '../../../../../src/renderer/features/tools/offer-runs.ts'

const ended: Run = { status: 'cancelled', durationMs: 1 }
const running: Run = {
  status: 'running',
  startedAt: 0,
  progress: null,
  isCancelling: false,
  cancel: () => {},
}

test('the newest 50 that ended are kept, and each that runs', () => {
  let runs = withRun(new Map(), 'runs', running)
  for (let index = 0; index < 50; index += 1) runs = withRun(runs, `offer ${index}`, ended)
  // Run again, it is the newest.
  runs = withRun(runs, 'offer 0', ended)
  runs = withRun(runs, 'one more', ended)
  expect(runs.size).toBe(51)
  expect(runs.has('runs')).toBe(true)
  expect(runs.has('offer 0')).toBe(true)
  expect(runs.has('offer 1')).toBe(false)
})
