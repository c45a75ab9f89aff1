import { expect, test } from 'vitest'
import {
  afterTestEvent,
  beginTest,
  stepTimes,
} from '../../../../../src/renderer/features/server-form/test-run.ts'

test('each step has the time until the next one, and the last one until the end', () => {
  let run = beginTest(0)
  run = afterTestEvent(run, { type: 'step', step: 'resolve' }, 10)
  run = afterTestEvent(run, { type: 'step', step: 'spawn' }, 30)
  run = afterTestEvent(run, { type: 'printed', text: 'hello' }, 40)
  expect(stepTimes(run, 100)).toEqual([
    { step: 'resolve', ms: 20, isCurrent: false },
    { step: 'spawn', ms: 70, isCurrent: true },
  ])
  const error = { code: 'exited' as const, data: { exitCode: 1 } }
  run = afterTestEvent(run, { type: 'failed', step: 'spawn', error }, 60)
  expect(stepTimes(run, 100).at(-1)).toEqual({ step: 'spawn', ms: 30, isCurrent: false })
  expect(run).toMatchObject({ printed: ['hello'], end: { kind: 'failed', error } })
})

test('a handshake that is begun anew goes on counting as one', () => {
  let run = beginTest(0)
  run = afterTestEvent(run, { type: 'step', step: 'handshake' }, 10)
  run = afterTestEvent(run, { type: 'step', step: 'handshake' }, 50)
  expect(stepTimes(run, 80)).toEqual([{ step: 'handshake', ms: 70, isCurrent: true }])
})
