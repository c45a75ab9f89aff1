import { RPCHandler } from '@orpc/server/ws'
import { openDoor } from '../../src/host/door/door.ts'
import { createImplementer } from '../../src/host/rpc/implementer.ts'
import { noDesktopRoutes } from '../../src/host/rpc/routes/no-desktop.ts'
import { LatestQueue } from '../../src/host/rpc/stream-queue.ts'
import { StreamSender } from '../../src/host/rpc/stream-sender.ts'
import type { ActionEvent } from '../../src/shared/contract/actions.ts'
import type { HostInfo } from '../../src/shared/contract/host.ts'
import type { ResourcesEvent } from '../../src/shared/contract/resources.ts'
import type { ServerEvent } from '../../src/shared/contract/servers.ts'
import type { CallRecord, InventoryEvent } from '../../src/shared/contract/tools.ts'
import { type ServerId, serverIdSchema } from '../../src/shared/domain/ids.ts'
import { pointMs } from '../../src/shared/domain/resources.ts'
import type { ServerState } from '../../src/shared/domain/server-state.ts'
import type { ServerView } from '../../src/shared/domain/server-view.ts'
import { defaultSettings, type Settings } from '../../src/shared/domain/settings.ts'
import { defaultSupervision } from '../../src/shared/domain/supervision.ts'

/** A door with the built page behind which no server runs: the states of its servers are made up and change on a clock. */
export interface SyntheticHost {
  readonly url: string
  readonly close: () => Promise<void>
}

/**
 * Serves the page over the real door and the real streams with `count` servers whose state changes `perSecond` times a second
 * each: no machine could start real processes at that rate.
 */
export async function startSyntheticHost(
  rendererDir: string,
  count: number,
  perSecond: number,
): Promise<SyntheticHost> {
  const streams = new StreamSender()
  const os = createImplementer((error) => {
    throw error
  })
  const silent = () => () => undefined
  const router = {
    servers: {
      watch: os.servers.watch.handler(({ signal }) =>
        streams.open<ServerEvent>(
          (sink) => {
            let step = 0
            const tell = (): void => {
              for (let index = 0; index < count; index += 1) {
                sink.push({ type: 'changed', server: viewOf(index, step) })
              }
              step += 1
            }
            tell()
            sink.push({ type: 'ready' })
            const timer = setInterval(tell, 1_000 / perSecond)
            return () => clearInterval(timer)
          },
          new LatestQueue((event) =>
            event.type === 'changed' ? event.server.definition.id : event.type,
          ),
          signal,
        ),
      ),
    },
    tools: {
      watch: os.tools.watch.handler(({ signal }) =>
        streams.open<InventoryEvent>(silent, new LatestQueue((event) => event.type), signal),
      ),
      watchCalls: os.tools.watchCalls.handler(({ signal }) =>
        streams.open<CallRecord>(silent, new LatestQueue((call) => call.callId), signal),
      ),
    },
    settings: {
      watch: os.settings.watch.handler(({ signal }) =>
        streams.open<Settings>(
          (sink) => {
            sink.push(defaultSettings)
            return () => undefined
          },
          new LatestQueue(() => 'settings'),
          signal,
        ),
      ),
    },
    host: {
      watch: os.host.watch.handler(({ signal }) =>
        streams.open<HostInfo>(silent, new LatestQueue(() => 'host'), signal),
      ),
    },
    resources: {
      watch: os.resources.watch.handler(({ signal }) =>
        streams.open<ResourcesEvent>(
          (sink) => {
            const tell = (): void => {
              for (let index = -1; index < count; index += 1) sink.push(sampleOf(index, Date.now()))
            }
            tell()
            sink.push({ type: 'ready' })
            const timer = setInterval(tell, 2_000)
            return () => clearInterval(timer)
          },
          new LatestQueue((event) => ('serverId' in event ? String(event.serverId) : event.type)),
          signal,
        ),
      ),
    },
    actions: {
      watch: os.actions.watch.handler(({ signal }) =>
        streams.open<ActionEvent>(silent, new LatestQueue((event) => event.type), signal),
      ),
    },
    desktop: noDesktopRoutes(os, { streams }),
    streams: {
      ack: os.streams.ack.handler(async ({ input }) =>
        streams.acknowledge(input.streamId, input.seq),
      ),
    },
  }
  const handler = new RPCHandler(router)
  const door = await openDoor({
    ports: [0],
    sessionKey: 'a key of the bench, which guards nothing',
    rendererDir,
    version: 'bench',
    now: Date.now,
    onConnection: (socket, { kind }) =>
      void handler.upgrade(socket, { context: { caller: { kind } } }),
  })
  return { url: door.issueUrl(), close: door.close }
}

/** What a server takes, which is never the same for long; of the page's host where `index` is -1. */
function sampleOf(index: number, at: number): ResourcesEvent {
  const cpuPercent = (at / 1_000 + index) % 13
  const memoryBytes = 50e6 + index * 1e6 + (at % 1e6)
  return {
    type: 'sample',
    serverId: index < 0 ? null : idOf(index),
    sample: { at, cpuPercent, memoryBytes, processes: 2 },
    point: { at: Math.floor(at / pointMs) * pointMs, cpuPercent, memoryBytes },
  }
}

function idOf(index: number): ServerId {
  return serverIdSchema.parse(`srv_${String(index).padStart(16, '0')}`)
}

/** A server that runs through its phases, each at its own place of the round. */
function viewOf(index: number, step: number): ServerView {
  return {
    definition: {
      id: idOf(index),
      name: `server-${index}`,
      scope: 'user',
      project: null,
      enabled: true,
      transport: {
        type: 'stdio',
        command: 'node',
        args: ['server.js', String(index)],
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
    },
    state: stateAt((index + step) % 6, step),
    stats: {
      restarts: step,
      handshakeMs: 120,
      roundTripMs: step % 40,
      lastError: null,
      exceeded: null,
      counts: { tools: index % 30, prompts: 0, resources: 0, resourceTemplates: 0 },
    },
  }
}

function stateAt(turn: number, generation: number): ServerState {
  const since = Date.now()
  const error = { code: 'exited', data: { exitCode: 1 } } as const
  switch (turn) {
    case 0:
      return { phase: 'starting', generation, attempt: 1, step: 'resolve', since, pid: null }
    case 1:
      return { phase: 'starting', generation, attempt: 1, step: 'spawn', since, pid: null }
    case 2:
      return { phase: 'starting', generation, attempt: 1, step: 'handshake', since, pid: 4242 }
    case 3:
      return {
        phase: 'running',
        generation,
        since,
        pid: 4242,
        protocol: {
          era: 'legacy',
          version: '2025-11-25',
          serverName: 'synthetic',
          serverVersion: '1',
          handshakeMs: 120,
        },
        health: 'ok',
        failures: 0,
      }
    case 4:
      return { phase: 'backoff', generation, failures: 2, retryAt: since + 2_000, error }
    default:
      return { phase: 'failed', generation, error, failures: 5, at: since }
  }
}
