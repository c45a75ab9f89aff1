import { randomUUID } from 'node:crypto'
import { implement, ORPCError } from '@orpc/server'
import type { Core } from '../../core/create-core.ts'
import { followLog, toLogQuery } from '../../core/logs/follow-log.ts'
import type { Caller } from '../../core/tools/tool-router.ts'
import { contract } from '../../shared/contract/contract.ts'
import type { ServerEvent } from '../../shared/contract/servers.ts'
import type { CallEvent } from '../../shared/contract/tools.ts'
import { AppError, type ErrorInfo } from '../../shared/domain/errors.ts'
import type { LogLine } from '../../shared/domain/log-line.ts'
import { DroppingQueue, LatestQueue } from './stream-queue.ts'
import type { StreamSender } from './stream-sender.ts'

/** Lines that wait for a slow reader of a log at most. */
const logQueueLines = 20_000

/** Who makes the calls of one connection. */
export interface RpcContext {
  readonly caller: Caller
}

/** What the router needs beside the core. */
export interface RouterOptions {
  readonly core: Core
  /** Every open stream of the host. */
  readonly streams: StreamSender
  /** Whether the switch acts at once. False for a command that runs without a host: it only changes what is stored. */
  readonly followsSwitch: boolean
  /** Begins the shutdown of the host; resolves when it has begun. */
  readonly shutdown: () => void
  /** Milliseconds since the Unix epoch. */
  readonly startedAt: number
  /** Called with every failure that is not an `AppError`: a bug, to be logged with its stack under the id. */
  readonly onBug: (error: unknown, id: string) => void
  readonly hostNotices: readonly ErrorInfo[]
}

/** Implements the contract over a core. One router serves every transport. */
export function createRouter(options: RouterOptions) {
  const { core, streams } = options
  const os = implement(contract)
    .$context<RpcContext>()
    .use(async ({ next, errors }) => {
      try {
        return await next()
      } catch (error) {
        throw errorFor(error, options.onBug, (data) => errors.APP_ERROR({ data }))
      }
    })

  return os.router({
    host: {
      info: os.host.info.handler(async () => ({
        version: core.version,
        pid: process.pid,
        startedAt: options.startedAt,
        dataDir: core.dataDir,
        nodeVersion: process.version,
        platform: `${process.platform} ${process.arch}`,
        vault: await core.vault.status(),
        notices: [...options.hostNotices, ...core.notices()],
      })),
      unlockVault: os.host.unlockVault.handler(async ({ input }) => {
        const status = await core.vault.unlock(input.passphrase)
        if (status.problem !== null) throw new AppError(status.problem.code, status.problem.data)
        return status
      }),
      shutdown: os.host.shutdown.handler(async () => options.shutdown()),
    },
    servers: {
      list: os.servers.list.handler(async () => [...core.supervisor.views()]),
      watch: os.servers.watch.handler(({ signal }) =>
        streams.open<ServerEvent>(
          (sink) => {
            for (const server of core.supervisor.views()) sink.push({ type: 'changed', server })
            sink.push({ type: 'ready' })
            return core.supervisor.onDidChange(sink.push)
          },
          new LatestQueue(keyOfServerEvent),
          signal,
        ),
      ),
      setEnabled: os.servers.setEnabled.handler(async ({ input }) => {
        await core.registry.change(input.id, (server) => ({ ...server, enabled: input.enabled }))
        if (options.followsSwitch) core.supervisor.reconcile(input.id)
        return core.supervisor.view(input.id)
      }),
      start: os.servers.start.handler(async ({ input }) => command(core, input.id, 'start')),
      stop: os.servers.stop.handler(async ({ input }) => command(core, input.id, 'stop')),
      restart: os.servers.restart.handler(async ({ input }) => command(core, input.id, 'restart')),
      add: os.servers.add.handler(async ({ input }) => {
        const server = await core.editor.add(input)
        return core.supervisor.view(server.id)
      }),
      edit: os.servers.edit.handler(async ({ input }) => {
        await core.editor.edit(input.id, input.patch)
        return core.supervisor.view(input.id)
      }),
      remove: os.servers.remove.handler(async ({ input }) => {
        core.registry.get(input.id)
        await core.supervisor.stopAndWait(input.id)
        return await core.editor.remove(input.id)
      }),
    },
    clients: {
      import: os.clients.import.handler(async ({ input }) => {
        const { report, imported } = await core.importer.run(input)
        if (input.start && options.followsSwitch) {
          for (const id of imported) core.supervisor.reconcile(id)
        }
        return report
      }),
    },
    logs: {
      query: os.logs.query.handler(async ({ input }) => await core.logs.query(toLogQuery(input))),
      follow: os.logs.follow.handler(({ input, signal, errors }) =>
        withErrors(
          streams.open<LogLine>(
            (sink) => followLog(core.logs, input, sink),
            new DroppingQueue(logQueueLines),
            signal,
          ),
          (error) => errorFor(error, options.onBug, (data) => errors.APP_ERROR({ data })),
        ),
      ),
    },
    tools: {
      inventory: os.tools.inventory.handler(async ({ input }) => {
        if (input.serverId !== null) return [await core.tools.inventory(input.serverId)]
        return await core.tools.inventories()
      }),
      call: os.tools.call.handler(({ input, signal, context, errors }) =>
        withErrors(
          streams.open<CallEvent>(
            (sink) => {
              const cancel = new AbortController()
              core.tools
                .call(context.caller, input, { signal: cancel.signal, onEvent: sink.push })
                .then(({ result, durationMs }) => {
                  sink.push({ type: 'result', result, durationMs })
                  sink.end()
                }, sink.end)
              return () => cancel.abort()
            },
            // Only the newest progress counts; the first and the last event have keys of their own.
            new LatestQueue((event) => event.type),
            signal,
          ),
          (error) => errorFor(error, options.onBug, (data) => errors.APP_ERROR({ data })),
        ),
      ),
    },
    streams: {
      ack: os.streams.ack.handler(async ({ input }) =>
        streams.acknowledge(input.streamId, input.seq),
      ),
    },
  })
}

/** The contract, implemented. */
export type HostRouter = ReturnType<typeof createRouter>

function command(
  core: Core,
  id: Parameters<Core['supervisor']['view']>[0],
  type: 'start' | 'stop' | 'restart',
) {
  core.supervisor.command(id, type)
  return core.supervisor.view(id)
}

function keyOfServerEvent(event: ServerEvent): string {
  switch (event.type) {
    case 'changed':
      return event.server.definition.id
    case 'removed':
      return event.id
    case 'ready':
      return 'ready'
  }
}

/** A stream whose failure crosses the wire as other failures do; the middleware no longer sees what ends a stream that has begun. */
async function* withErrors<T>(
  stream: AsyncGenerator<T, void, void>,
  wrap: (error: unknown) => unknown,
): AsyncGenerator<T, void, void> {
  try {
    yield* stream
  } catch (error) {
    throw wrap(error)
  }
}

/** What crosses the wire: an `AppError`'s code and data, or `internal` with an id under which the stack was logged. */
function errorFor(
  error: unknown,
  onBug: (error: unknown, id: string) => void,
  wrap: (data: ErrorInfo) => Error,
): unknown {
  if (error instanceof AppError) return wrap(error.toInfo())
  // An error of the RPC layer itself, such as input that does not fit the contract, is for the caller as it is.
  if (error instanceof ORPCError) return error
  const id = randomUUID()
  onBug(error, id)
  return wrap({ code: 'internal', data: { id } })
}
