import { expect, test } from 'vitest'
import { lookOf } from '../../../../../src/renderer/features/servers/server-look.ts'
import { backoff, failed, running, server, stopped } from './server-fixture.ts'

test('a start shows its step and its seconds, and the switch is on its way', () => {
  const look = lookOf(
    server(1, 'a', {
      phase: 'starting',
      generation: 1,
      attempt: 1,
      step: 'handshake',
      since: 1_000,
      pid: 7,
    }),
    2_240,
  )
  expect(look).toMatchObject({
    tone: 'busy',
    glyph: 'starting-2',
    fact: 'pending',
    detail: { key: 'state.step.handshake', values: { seconds: '1.2' } },
    needsAttention: false,
  })
})

test('a wait for a retry counts down to nothing, with the share that is left', () => {
  const waiting = server(1, 'a', backoff('exited', 2, 10_000))
  expect(lookOf(waiting, 8_800)).toMatchObject({
    word: { key: 'state.retry', values: { seconds: 2 } },
    left: 0.5,
    fact: 'off',
    needsAttention: true,
  })
  expect(lookOf(waiting, 11_000)).toMatchObject({ word: { values: { seconds: 0 } }, left: 0 })
})

test('a refused sign-in, a closed vault and a command to allow are a person’s turn, any other failure is broken', () => {
  expect(lookOf(server(1, 'a', failed('auth_required')), 0)).toMatchObject({
    tone: 'you',
    glyph: 'signin',
  })
  for (const code of ['vault_locked', 'vault_unavailable'] as const) {
    expect(lookOf(server(1, 'a', failed(code)), 0)).toMatchObject({
      tone: 'you',
      glyph: 'locked',
      word: { key: 'state.vault' },
      needsAttention: true,
    })
  }
  expect(lookOf(server(1, 'a', failed('command_not_allowed')), 0)).toMatchObject({
    tone: 'you',
    word: { key: 'state.consent' },
  })
  expect(lookOf(server(1, 'a', failed('exited')), 0)).toMatchObject({
    tone: 'bad',
    glyph: 'failed',
  })
})

test('a server that runs slowly says its round trip; one that is fine says nothing more', () => {
  const slow = server(1, 'a', { ...running, health: 'degraded' })
  expect(lookOf({ ...slow, stats: { ...slow.stats, roundTripMs: 4_800 } }, 0)).toMatchObject({
    tone: 'wait',
    detail: { key: 'state.roundTrip', values: { seconds: '4.8' } },
    fact: 'on',
    needsAttention: false,
  })
  expect(lookOf(server(1, 'a', running), 0)).toMatchObject({ tone: 'ok', detail: null, fact: 'on' })
})

test('a server at rest whose switch is on says when it starts', () => {
  expect(lookOf(server(1, 'a', stopped), 0).detail).toEqual({ key: 'state.startsLater' })
  expect(lookOf(server(1, 'a', stopped, { enabled: false }), 0).detail).toBeNull()
})

test('another try after a failure stays where the broken ones are; a first start does not belong there', () => {
  const again = server(1, 'a', {
    phase: 'starting',
    generation: 2,
    attempt: 2,
    step: 'spawn',
    since: 0,
    pid: null,
  })
  const error = { code: 'exited', data: {} } as const
  const lastError = { error, at: 0, stderr: [] }
  expect(lookOf({ ...again, stats: { ...again.stats, lastError } }, 0)).toMatchObject({
    tone: 'busy',
    needsAttention: true,
    error,
  })
})

test('one above its ceiling says so, unless it does not answer, which is graver', () => {
  const above = server(1, 'a', running)
  const exceeded = { resource: 'memory', bytes: 812e6, limitBytes: 500e6 } as const
  const stats = { ...above.stats, exceeded }
  expect(lookOf({ ...above, stats }, 0)).toMatchObject({
    tone: 'wait',
    glyph: 'heavy',
    word: { key: 'state.aboveCeiling' },
    error: { code: 'above_ceiling', data: { memory: '812 MB', limit: '500 MB' } },
    fact: 'on',
    needsAttention: true,
  })
  const silent = { ...above, stats, state: { ...running, health: 'unresponsive' } as const }
  expect(lookOf(silent, 0).glyph).toBe('silent')
})

test('a server that waits for its use has a look of its own, and so has one that ended well', () => {
  expect(lookOf(server(1, 'a', { phase: 'stopped', reason: 'idle', exit: null }), 0)).toMatchObject(
    {
      tone: 'off',
      glyph: 'idle',
      word: { key: 'state.idle' },
      detail: { key: 'state.startsAtUse' },
      fact: 'off',
      needsAttention: false,
    },
  )
  expect(
    lookOf(server(1, 'a', { phase: 'stopped', reason: 'exited', exit: null }), 0),
  ).toMatchObject({ word: { key: 'state.exited' }, detail: { key: 'state.endedWell' } })
})

test('a stop that may not kill is a person’s turn', () => {
  const stopping = { phase: 'stopping', generation: 1, since: 0, next: { do: 'stop' } } as const
  expect(lookOf(server(1, 'a', { ...stopping, step: 'held' }), 0)).toMatchObject({
    tone: 'you',
    detail: { key: 'state.stop.held' },
    needsAttention: true,
  })
  expect(lookOf(server(1, 'a', { ...stopping, step: 'term' }), 0)).toMatchObject({
    tone: 'busy',
    needsAttention: false,
  })
})
