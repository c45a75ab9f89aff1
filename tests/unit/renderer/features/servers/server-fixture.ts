import type { ErrorCode, ErrorData } from '../../../../../src/shared/domain/errors.ts'
import { type ServerId, serverIdSchema } from '../../../../../src/shared/domain/ids.ts'
import type { ServerDefinition } from '../../../../../src/shared/domain/server-definition.ts'
import type { ServerState } from '../../../../../src/shared/domain/server-state.ts'
import type { ServerView } from '../../../../../src/shared/domain/server-view.ts'
import { defaultSupervision } from '../../../../../src/shared/domain/supervision.ts'

/** The id of a server with this number. */
export function idOf(number: number): ServerId {
  return serverIdSchema.parse(`srv_${String(number).padStart(16, '0')}`)
}

export const stopped: ServerState = { phase: 'stopped', reason: 'new', exit: null }
export const running = {
  phase: 'running',
  generation: 1,
  since: 1_000,
  pid: 7,
  protocol: {
    era: 'legacy',
    version: '2025-11-25',
    serverName: 's',
    serverVersion: '1',
    handshakeMs: 40,
  },
  health: 'ok',
  failures: 0,
} as const satisfies ServerState

export function failed(code: ErrorCode, data: ErrorData = {}): ServerState {
  return { phase: 'failed', generation: 1, error: { code, data }, failures: 1, at: 5_000 }
}

export function backoff(code: ErrorCode, failures: number, retryAt: number): ServerState {
  return { phase: 'backoff', generation: 1, failures, retryAt, error: { code, data: {} } }
}

/** A server as the host tells it. */
export function server(
  number: number,
  name: string,
  state: ServerState = stopped,
  changes: Partial<ServerDefinition> = {},
  tools: number | null = null,
): ServerView {
  return {
    definition: {
      id: idOf(number),
      name,
      scope: 'user',
      project: null,
      enabled: true,
      transport: {
        type: 'stdio',
        command: 'npx',
        args: ['-y', `${name}-mcp`],
        env: {},
        cwd: null,
        envFile: null,
      },
      dialect: 'native',
      inputs: [],
      timeouts: { startMs: null, callMs: null },
      supervision: defaultSupervision,
      tools: { allow: null, deny: [] },
      sources: [],
      editedHere: false,
      ...changes,
    },
    state,
    stats: {
      restarts: 0,
      handshakeMs: null,
      roundTripMs: null,
      lastError: null,
      exceeded: null,
      counts: tools === null ? null : { tools, prompts: 0, resources: 0, resourceTemplates: 0 },
    },
  }
}
