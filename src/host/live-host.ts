import { createRouterClient } from '@orpc/server'
import { RPCHandler } from '@orpc/server/ws'
import { createCore } from '../core/create-core.ts'
import { startOf } from '../core/processes/process-table.ts'
import { readSettings } from '../core/settings/settings-store.ts'
import type { StateFile } from '../core/storage/state-file.ts'
import { appVersion } from '../shared/app-version.ts'
import type { HostClient } from '../shared/contract/contract.ts'
import { AppError, type ErrorInfo } from '../shared/domain/errors.ts'
import { openDoor } from './door/door.ts'
import { type DoorState, openDoorState, portsToTry } from './door/door-state.ts'
import { Reception } from './door/reception.ts'
import { acquireHostLock, findLiveHost } from './host-lock.ts'
import type { HostOptions } from './host-options.ts'
import { createRouter } from './rpc/router.ts'
import { StreamSender } from './rpc/stream-sender.ts'

/** How often the host looks whether another one took over its data, in milliseconds. */
const lockCheckMs = 2_000

/** Why a host closed: somebody asked for it, or another host took its data directory over. */
export type HostEnd = 'asked' | 'superseded'

/** A host that serves. */
export interface LiveHost {
  /** The contract within this process, for the face that runs the host. */
  readonly client: HostClient
  readonly endpoint: string
  readonly token: string
  /** A new address for a browser; works once. */
  readonly issueUrl: () => string
  readonly notices: readonly ErrorInfo[]
  /** The system is about to sleep: what fails from now on until some time after `resume` is no fault of a server. */
  readonly suspend: () => void
  readonly resume: () => void
  /** Gives no server time any more that `close` stops. */
  readonly hurry: () => void
  /** Stops all servers and closes everything. May be called more than once. */
  readonly close: () => Promise<void>
  /** Settles when the host has closed, by whatever cause. */
  readonly closed: Promise<HostEnd>
}

/** How to start a host. */
export interface LiveHostOptions extends HostOptions {
  /** Null for the port of the settings, or the one that this data directory had last, or the next free one, with a notice. */
  readonly port: number | null
  /** Folder of the built renderer. */
  readonly rendererDir: string
  /** False: servers wait until somebody starts them, whatever the settings say. */
  readonly startServers?: boolean
}

/**
 * Starts the one host of a data directory: opens the door, takes the lock, builds the core, and starts the servers whose
 * switch is on, if the settings say so. Throws `host_running`, `port_in_use` (only for a port that was asked for) or `state_read_only`.
 */
export async function startHost(options: LiveHostOptions): Promise<LiveHost> {
  const { paths, logger } = options
  const startedAt = Date.now()
  const notices: ErrorInfo[] = []
  const running = await findLiveHost(paths.lock)
  if (running !== undefined) {
    throw new AppError('host_running', { pid: running.pid, endpoint: running.endpoint })
  }

  /** What has to be undone, the newest first. */
  const cleanUps: (() => Promise<void>)[] = []
  const ended = Promise.withResolvers<HostEnd>()
  let end: HostEnd = 'asked'
  let closing: Promise<void> | null = null
  const close = (): Promise<void> => {
    closing ??= runAll(cleanUps, logger).finally(() => ended.resolve(end))
    return closing
  }
  try {
    const doorState = await openDoorState(paths.door, (notice) => notices.push(notice))
    const { port: keptPort, sessionKey } = doorState.get()
    const wantedPort = (await readSettings(paths.settings)).network.port ?? keptPort
    const reception = new Reception()
    const door = await openDoor({
      ports: portsToTry(options.port, wantedPort),
      sessionKey,
      rendererDir: options.rendererDir,
      version: appVersion,
      now: Date.now,
      onConnection: (socket, visitor) => reception.receive(socket, visitor),
    })
    cleanUps.unshift(door.close)
    const lock = await acquireHostLock(paths.lock, {
      kind: 'host',
      pid: process.pid,
      processStart: startOf(process.pid),
      startedAt,
      endpoint: door.endpoint,
      token: door.token,
      version: appVersion,
    })
    cleanUps.unshift(lock.release)
    if (lock.problem !== null) notices.push(lock.problem)

    // A port that is taken for now is not given up for good: it is tried again at the next start.
    if (options.port === null && wantedPort !== null && door.port !== wantedPort) {
      notices.push({ code: 'port_in_use', data: { port: wantedPort, used: door.port } })
    } else if (door.port !== keptPort) {
      await keepPort(doorState, door.port, (notice) => notices.push(notice))
    }
    const core = await createCore({ ...options, version: appVersion })
    cleanUps.unshift(core.close)
    const router = createRouter({
      core,
      streams: new StreamSender(),
      followsSwitch: true,
      endpoint: door.endpoint,
      startedAt,
      hostNotices: notices,
      // After the answer has gone out.
      shutdown: () => void setImmediate(() => void close()),
      onBug: (error, id) => logger.error({ err: error, id }, 'unexpected failure'),
    })
    const handler = new RPCHandler(router)
    reception.open((socket, visitor) => {
      socket.on('error', (error) => logger.warn({ err: error }, 'connection failed'))
      void handler.upgrade(socket, { context: { caller: { kind: visitor.kind } } })
    })
    const lockTimer = setInterval(() => {
      lock.isHeld().then(
        (held) => {
          if (held || closing !== null) return
          end = 'superseded'
          logger.error('Another host took over this data directory. Stopping.')
          void close()
        },
        // It cannot be read for now, which says nothing about who holds it.
        (error: unknown) => logger.warn({ err: error }, 'the lock could not be read'),
      )
    }, lockCheckMs)
    cleanUps.unshift(async () => clearInterval(lockTimer))
    core.supervisor.open(options.startServers ?? core.settings.get().startup.startServers)
    const { endpoint, token, issueUrl } = door
    return {
      client: createRouterClient(router, { context: { caller: { kind: 'ui' } } }),
      endpoint,
      token,
      issueUrl,
      notices,
      suspend: () => core.sleep.suspend(),
      resume: () => core.sleep.resume(),
      hurry: core.hurry,
      close,
      closed: ended.promise,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** A port that cannot be stored is looked for again at the next start; that must not keep the host from starting. */
async function keepPort(
  state: StateFile<DoorState>,
  port: number,
  onNotice: (notice: ErrorInfo) => void,
): Promise<void> {
  try {
    await state.update((before) => ({ ...before, port }))
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'state_read_only') throw error
    onNotice(error.toInfo())
  }
}

/** Runs every step, whatever becomes of the ones before. */
async function runAll(
  steps: readonly (() => Promise<void>)[],
  logger: HostOptions['logger'],
): Promise<void> {
  for (const step of steps) {
    try {
      await step()
    } catch (error) {
      logger.error({ err: error }, 'a step of the shutdown failed')
    }
  }
}
