import { expect, test } from 'vitest'
import { mendOf, otherMendOf } from '../../../../../src/renderer/features/servers/mend.ts'
import { errorCodes } from '../../../../../src/shared/domain/errors.ts'
import { backoff, failed, running, stopped } from './server-fixture.ts'

test('what nobody can mend has no button', () => {
  expect(mendOf(stopped)).toBeNull()
  expect(mendOf(running)).toBeNull()
  expect(otherMendOf(running)).toBeNull()
})

test('the answer follows from what is wrong', () => {
  expect(mendOf(failed('command_not_found'))).toBe('edit')
  expect(mendOf(failed('auth_required'))).toBe('edit')
  expect(mendOf(failed('vault_locked'))).toBe('unlock')
  expect(mendOf(failed('exited'))).toBe('retry')
  expect(mendOf(backoff('unreachable', 3, 0))).toBe('retry')
  expect(mendOf({ ...running, health: 'unresponsive' })).toBe('restart')
  const stopping = { phase: 'stopping', generation: 1, since: 0, next: { do: 'stop' } } as const
  expect(mendOf({ ...stopping, step: 'held' })).toBe('kill')
  expect(mendOf({ ...stopping, step: 'term' })).toBeNull()
})

test.each(errorCodes)('%s has an answer and another one to try', (code) => {
  const [answer, other] = [mendOf(failed(code)), otherMendOf(failed(code))]
  expect(answer).not.toBeNull()
  expect(other).not.toBeNull()
  expect(other).not.toBe(answer)
})
