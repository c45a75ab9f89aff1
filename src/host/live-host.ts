import { randomBytes } from 'node:crypto'
import { RPCHandler } from '@orpc/server/ws'
import type { WebSocket } from 'ws'
import * as z from 'zod'
import { createCore } from '../core/create-core.ts'
import { openStateFile } from '../core/storage/state-file.ts'
import { appVersion } from '../shared/app-version.ts'
import { AppError, type ErrorInfo } from '../shared/domain/errors.ts'
import { type Door, openDoor, type Visitor } from './door/door.ts'
import { acquireHostLock, findLiveHost } from './host-lock.ts'
import type { HostOptions } from './host-options.ts'
import { createRouter } from './rpc/router.ts'

/** First choice for the port of a new data directory; the next ones follow where it is taken. */
const firstPort = 43_110
/** How many ports above the wanted one are tried. */
const portTries = 50
/** How often the host looks whether another one took over its data, in milliseconds. */
const lockCheckMs = 2_000

/** A host that serves. */
export interface LiveHost {
  readonly endpoint: string
  readonly token: string
  /** A new address for a browser; works once. */
  readonly issueUrl: () => string
  readonly notices: readonly ErrorInfo[]
  /** Stops all servers and closes everything. May be called more than once. */
  readonly close: () => Promise<void>
  /** Settles when the host has closed, by whatever cause. */
  readonly closed: Promise<void>
}

const doorStateSchema = z.object({
  /** Null before the first start. */
  port: z.number().int().min(1).max(65_535).nullable(),
  sessionKey: z.string().min(32),
})

/**
 * Starts the one host of a data directory: opens the door, takes the lock, builds the core, and starts the servers whose
 * switch is on. Throws `host_running`, `port_in_use` (only for a port that was asked for) or `state_read_only`.
 * @param port null for the port that this data directory always uses.
 */
export async function startHost(
  options: HostOptions & { readonly port: number | null; readonly rendererDir: string },
): Promise<LiveHost> {
  const { paths, logger } = options
  const startedAt = Date.now()
  const notices: ErrorInfo[] = []
  const running = await findLiveHost(paths.lock)
  if (running !== undefined) {
    throw new AppError('host_running', { pid: running.pid, endpoint: running.endpoint ?? '' })
  }

  const doorState = await openStateFile({
    file: paths.door,
    version: 1,
    migrations: {},
    schema: doorStateSchema,
    defaults: () => ({ port: null, sessionKey: randomBytes(32).toString('base64url') }),
    now: Date.now,
    onNotice: (notice) => notices.push(notice),
  })
  const { port: keptPort, sessionKey } = doorState.get()
  const wanted = options.port ?? keptPort ?? firstPort

  // Visitors can come as soon as the lock names the endpoint; they wait until there is something to serve.
  const waiting: { socket: WebSocket; visitor: Visitor }[] = []
  let serve: ((socket: WebSocket, visitor: Visitor) => void) | null = null
  const door = await openDoor({
    ports:
      options.port === null
        ? [...Array.from({ length: portTries }, (_, index) => wanted + index), 0]
        : [options.port],
    sessionKey,
    rendererDir: options.rendererDir,
    version: appVersion,
    now: Date.now,
    onConnection: (socket, visitor) => {
      if (serve === null) waiting.push({ socket, visitor })
      else serve(socket, visitor)
    },
  })
  return await finishStart(options, door, async () => {
    if (keptPort === null || options.port !== null) {
      await doorState.update(() => ({ port: door.port, sessionKey }))
    } else if (door.port !== keptPort) {
      notices.push({ code: 'port_in_use', data: { port: keptPort, used: door.port } })
    }
    return {
      startedAt,
      notices,
      onServe: (next: (socket: WebSocket, visitor: Visitor) => void) => {
        serve = next
        for (const { socket, visitor } of waiting.splice(0)) next(socket, visitor)
      },
      logger,
    }
  })
}

interface Started {
  readonly startedAt: number
  readonly notices: ErrorInfo[]
  readonly onServe: (serve: (socket: WebSocket, visitor: Visitor) => void) => void
}

async function finishStart(
  options: HostOptions,
  door: Door,
  prepare: () => Promise<Started>,
): Promise<LiveHost> {
  const { paths, logger } = options
  const cleanUp: (() => Promise<void>)[] = [door.close]
  try {
    const started = await prepare()
    const lock = await acquireHostLock(paths.lock, {
      kind: 'host',
      pid: process.pid,
      startedAt: started.startedAt,
      endpoint: door.endpoint,
      token: door.token,
      version: appVersion,
    })
    cleanUp.unshift(lock.release)
    const core = await createCore({ ...options, version: appVersion })
    cleanUp.unshift(core.close)

    let closing: Promise<void> | null = null
    let settleClosed: () => void
    const closed = new Promise<void>((resolve) => {
      settleClosed = resolve
    })
    const close = (): Promise<void> => {
      closing ??= runAll(cleanUp, logger).finally(() => settleClosed())
      return closing
    }
    const handler = new RPCHandler(
      createRouter({
        core,
        startedAt: started.startedAt,
        hostNotices: started.notices,
        shutdown: () => setImmediate(() => void close()),
        onBug: (error, id) => logger.error({ err: error, id }, 'unexpected failure'),
      }),
    )
    started.onServe((socket, visitor) => {
      socket.on('error', (error) => logger.warn({ err: error }, 'connection failed'))
      void handler.upgrade(socket, { context: { caller: { kind: visitor.kind } } })
    })
    const lockTimer = setInterval(() => {
      void lock.isHeld().then((held) => {
        if (held) return
        logger.error('Another host took over this data directory. Stopping.')
        void close()
      })
    }, lockCheckMs)
    cleanUp.unshift(async () => clearInterval(lockTimer))
    core.supervisor.startEnabled()
    return {
      endpoint: door.endpoint,
      token: door.token,
      issueUrl: door.issueUrl,
      notices: started.notices,
      close,
      closed,
    }
  } catch (error) {
    await runAll(cleanUp, logger)
    throw error
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
