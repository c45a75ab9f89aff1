import { expect, test } from 'vitest'
import { isMeant, lifecycleChoices } from '../../../../src/shared/domain/lifecycle-choices.ts'
import type { ServerState } from '../../../../src/shared/domain/server-state.ts'
import { running, serverOf } from '../../main/server-fixture.ts'

const stopped = (reason: 'new' | 'user' | 'exited' | 'idle'): ServerState => ({
  phase: 'stopped',
  reason,
  exit: null,
})
const stopping = { phase: 'stopping', generation: 1, step: 'term', since: 0 } as const
const chosen = (state: ServerState) =>
  Object.entries(lifecycleChoices(state))
    .filter(([, value]) => value === true)
    .map(([name]) => name)
    .join(' ')

test.for<[ServerState, string]>([
  [stopped('new'), 'start'],
  [stopped('exited'), 'start'],
  [stopped('idle'), 'start stop'],
  [running(), 'stop restart'],
  [{ ...stopping, next: { do: 'stop' } }, 'start kill'],
  [{ ...stopping, next: { do: 'start' } }, 'kill'],
])('%j: %s', ([state, choices]) => {
  expect(chosen(state)).toBe(choices)
})

test('what waits for its use is left alone by a command for all', () => {
  for (const type of ['start', 'stop', 'restart'] as const) {
    expect(isMeant(serverOf(1, 'a', stopped('idle')), type)).toBe(false)
  }
  expect(isMeant(serverOf(1, 'a', stopped('user')), 'start')).toBe(true)
})
