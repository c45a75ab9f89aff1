import { expect, test } from 'vitest'
import { serverDefinitionSchema } from '../../../../src/shared/domain/server-definition.ts'
import type { ServerState } from '../../../../src/shared/domain/server-state.ts'
import type { ServerStats } from '../../../../src/shared/domain/server-view.ts'
import { stateWords } from '../../../../src/shared/domain/state-words.ts'
import { defaultSupervision } from '../../../../src/shared/domain/supervision.ts'

const now = 100_000
const definition = serverDefinitionSchema.parse({
  id: 'srv_aaaaaaaaaaaaaaaa',
  name: 's',
  scope: 'user',
  project: null,
  enabled: true,
  transport: { type: 'stdio', command: 'x', args: [], env: {}, cwd: null, envFile: null },
  dialect: 'native',
  inputs: [],
  timeouts: { startMs: null, callMs: null },
  supervision: defaultSupervision,
  tools: { allow: null, deny: [] },
  sources: [],
  editedHere: false,
})
const stats: ServerStats = {
  restarts: 0,
  handshakeMs: null,
  roundTripMs: 2_345.6,
  lastError: null,
  exceeded: null,
  counts: null,
}
const protocol = {
  era: 'legacy',
  version: '2025-11-25',
  serverName: 's',
  serverVersion: '1',
  handshakeMs: 5,
} as const
const running = {
  phase: 'running',
  generation: 1,
  since: 1,
  pid: 9,
  protocol,
  failures: 0,
} as const
const starting = { phase: 'starting', generation: 1, since: now - 3_000, pid: null } as const
const failed = { phase: 'failed', generation: 1, failures: 5, at: 1 } as const
const exited = { code: 'exited', data: { exitCode: 1 } } as const

test.for<[ServerState, string]>([
  [{ phase: 'stopped', reason: 'new', exit: null }, 'Stopped'],
  [{ phase: 'stopped', reason: 'user', exit: null }, 'Stopped by you, starts at next launch'],
  [{ phase: 'stopped', reason: 'idle', exit: null }, 'Idle, starts at the first use'],
  [{ phase: 'stopped', reason: 'exited', exit: null }, 'Ended by itself, with code 0'],
  [{ ...starting, attempt: 1, step: 'queue' }, 'Starting, waiting for its turn, 3 s'],
  [{ ...starting, attempt: 2, step: 'handshake' }, 'Starting, handshake, 3 s, attempt 2'],
  [{ ...running, health: 'ok' }, 'Running'],
  [{ ...running, health: 'degraded' }, 'Slow, 2346 ms'],
  [{ ...running, health: 'unresponsive' }, 'Not answering'],
  [
    { phase: 'stopping', generation: 1, step: 'term', since: now, next: { do: 'stop' } },
    'Stopping, told to end, 0 s',
  ],
  [
    { phase: 'stopping', generation: 1, step: 'held', since: now, next: { do: 'stop' } },
    'Stopping, does not end, waits for you to kill it, 0 s',
  ],
  [
    { phase: 'backoff', generation: 1, failures: 2, retryAt: now + 1_500, error: exited },
    'Retry in 2 s: The process ended with code 1',
  ],
  [{ ...failed, error: exited }, 'Failed: The process ended with code 1'],
  [{ ...failed, error: { code: 'auth_required', data: {} } }, 'Sign-in needed'],
  [{ ...failed, error: { code: 'vault_locked', data: {} } }, 'Vault needed: The vault is locked'],
])('%j reads %s', ([state, words]) => {
  expect(stateWords({ definition, state, stats }, now)).toBe(words)
})

test('a server whose switch is off reads so', () => {
  const off = { definition: { ...definition, enabled: false }, stats }
  expect(stateWords({ ...off, state: { phase: 'stopped', reason: 'user', exit: null } }, now)).toBe(
    'Off',
  )
  // One that was started for this run, and rests: its use starts it.
  expect(stateWords({ ...off, state: { phase: 'stopped', reason: 'idle', exit: null } }, now)).toBe(
    'Idle, starts at the first use',
  )
})

test('another language is asked for the same texts, and for the reason', () => {
  const server = { definition, state: { ...failed, error: exited }, stats }
  const words = stateWords(
    server,
    now,
    (key, values) => `${key}: ${values['reason']}`,
    (key) => `<${key}>`,
  )
  expect(words).toBe('failed.other: <exited.title.exitCode>')
})
