import { expect, test } from 'vitest'
import { faultOf } from '../../../../src/core/processes/watchdog/watchdog.ts'

test.for([
  [{ unanswered: 0, queuedBytes: 0 }, null],
  [{ unanswered: 2, queuedBytes: 4 * 2 ** 20 }, null],
  [{ unanswered: 3, queuedBytes: 0 }, 'does not answer'],
  [{ unanswered: 0, queuedBytes: 4 * 2 ** 20 + 1 }, 'does not read what it is told'],
] as const)('%j: %s', ([signs, fault]) => {
  expect(faultOf(signs)).toBe(fault)
})
