import { expect, test } from 'vitest'
import { mendOf, otherMendOf } from '../../../../../src/renderer/features/servers/mend.ts'
import { errorCodes } from '../../../../../src/shared/domain/errors.ts'
import type { ServerState } from '../../../../../src/shared/domain/server-state.ts'
import { backoff, failed, running, server, stopped } from './server-fixture.ts'

const mend = (state: ServerState) => mendOf(server(1, 'a', state))
const otherMend = (state: ServerState) => otherMendOf(server(1, 'a', state))

test('what nobody can mend has no button', () => {
  expect(mend(stopped)).toBeNull()
  expect(mend(running)).toBeNull()
  expect(otherMend(running)).toBeNull()
})

test('the answer follows from what is wrong', () => {
  expect(mend(failed('command_not_found'))).toBe('edit')
  expect(mend(failed('auth_required'))).toBe('edit')
  expect(mend(failed('auth_required', { signIn: 'a' }))).toBe('sign-in')
  expect(mend(failed('vault_locked'))).toBe('unlock')
  expect(mend(failed('command_not_allowed'))).toBe('review')
  expect(mend(failed('input_missing'))).toBe('give-input')
  expect(mend(failed('secret_missing'))).toBe('give-secret')
  expect(mend(failed('exited'))).toBe('retry')
  expect(mend(backoff('unreachable', 3, 0))).toBe('retry')
  expect(mend({ ...running, health: 'unresponsive' })).toBe('restart')
  const stopping = { phase: 'stopping', generation: 1, since: 0, next: { do: 'stop' } } as const
  expect(mend({ ...stopping, step: 'held' })).toBe('kill')
  expect(mend({ ...stopping, step: 'term' })).toBeNull()
})

test('one above its ceiling can be restarted, or be given a higher one', () => {
  const above = server(1, 'a', running)
  const exceeded = { resource: 'memory', bytes: 2, limitBytes: 1 } as const
  const one = { ...above, stats: { ...above.stats, exceeded } }
  expect([mendOf(one), otherMendOf(one)]).toEqual(['restart', 'edit'])
})

test.each(errorCodes)('%s has an answer and another one to try', (code) => {
  const [answer, other] = [mend(failed(code)), otherMend(failed(code))]
  expect(answer).not.toBeNull()
  expect(other).not.toBeNull()
  expect(other).not.toBe(answer)
})
