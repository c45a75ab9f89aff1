import { type ServerId, serverIdSchema } from '../../../src/shared/domain/ids.ts'
import { serverDefinitionSchema } from '../../../src/shared/domain/server-definition.ts'
import type { ServerState } from '../../../src/shared/domain/server-state.ts'
import type { ServerView } from '../../../src/shared/domain/server-view.ts'
import { defaultSupervision } from '../../../src/shared/domain/supervision.ts'

/** The id of the n-th server. */
export function idOf(index: number): ServerId {
  return serverIdSchema.parse(`srv_${String(index).padStart(16, '0')}`)
}

/** A server of a name in a state. */
export function serverOf(
  index: number,
  name: string,
  state: ServerState,
  change: { readonly enabled?: boolean; readonly project?: string; readonly type?: 'ws' } = {},
): ServerView {
  return {
    definition: serverDefinitionSchema.parse({
      id: idOf(index),
      name,
      scope: change.project === undefined ? 'user' : 'project',
      project: change.project ?? null,
      enabled: change.enabled ?? true,
      transport:
        change.type === 'ws'
          ? { type: 'ws', url: 'ws://x/', headers: {}, reason: 'no WebSockets' }
          : { type: 'stdio', command: 'x', args: [], env: {}, cwd: null, envFile: null },
      dialect: 'native',
      inputs: [],
      timeouts: { startMs: null, callMs: null },
      supervision: defaultSupervision,
      tools: { allow: null, deny: [] },
      sources: [],
      editedHere: false,
    }),
    state,
    stats: {
      restarts: 0,
      handshakeMs: null,
      roundTripMs: null,
      lastError: null,
      exceeded: null,
      counts: null,
    },
  }
}

const exited = { code: 'exited', data: { exitCode: 1 } } as const
const protocol = {
  era: 'legacy',
  version: '2025-11-25',
  serverName: 's',
  serverVersion: '1',
  handshakeMs: 5,
} as const

/** States to be in. */
export const stopped: ServerState = { phase: 'stopped', reason: 'new', exit: null }
export const starting: ServerState = {
  phase: 'starting',
  generation: 1,
  attempt: 1,
  step: 'spawn',
  since: 1,
  pid: null,
}
export const stopping: ServerState = {
  phase: 'stopping',
  generation: 1,
  step: 'term',
  since: 1,
  next: { do: 'stop' },
}

/** Running with failures that still count. */
export function running(
  failures = 0,
  health: 'ok' | 'degraded' | 'unresponsive' = 'ok',
): ServerState {
  return { phase: 'running', generation: 1, since: 1, pid: 9, protocol, health, failures }
}

/** Waiting for its next try. */
export function backoff(failures: number, retryAt = 9): ServerState {
  return { phase: 'backoff', generation: 1, failures, retryAt, error: exited }
}

/** Not tried again. */
export function failed(
  failures: number,
  code:
    | 'exited'
    | 'auth_required'
    | 'input_missing'
    | 'secret_missing'
    | 'vault_locked'
    | 'command_not_allowed'
    | 'command_not_found' = 'exited',
): ServerState {
  const data = code === 'command_not_found' ? { command: 'nope' } : {}
  return { phase: 'failed', generation: 1, failures, at: 1, error: { code, data } }
}
