import { expect, test } from 'vitest'
import { graceOf, longestStopMs } from '../../../../src/core/servers/lifecycle-timing.ts'
import { defaultSupervision } from '../../../../src/shared/domain/supervision.ts'

const usual = { stdinMs: 2_000, termMs: 3_000 }
const server = (stdinMs: number | null, termMs: number | null) => ({
  definition: { supervision: { ...defaultSupervision, stopGrace: { stdinMs, termMs } } },
})

test('times to end are those of the server, where it has its own', () => {
  const { signal } = new AbortController()
  expect(graceOf({ stopGrace: { stdinMs: 0, termMs: null } }, { ...usual, hurry: signal })).toEqual(
    {
      stdinMs: 0,
      termMs: 3_000,
      hurry: signal,
    },
  )
})

test('all that stop at once are over when the slowest has had its time', () => {
  expect(longestStopMs([], usual)).toBe(0)
  expect(longestStopMs([server(null, null)], usual)).toBe(5_000)
  expect(longestStopMs([server(0, 0), server(10_000, null), server(null, 1_000)], usual)).toBe(
    13_000,
  )
})
