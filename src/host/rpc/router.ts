import type { Router } from '@orpc/server'
import type { Core } from '../../core/create-core.ts'
import type { contract } from '../../shared/contract/contract.ts'
import type { ErrorInfo } from '../../shared/domain/errors.ts'
import { createImplementer, type OnBug, type RpcContext } from './implementer.ts'
import { clientsRoutes } from './routes/clients.ts'
import { hostRoutes } from './routes/host.ts'
import { logsRoutes } from './routes/logs.ts'
import { serversRoutes } from './routes/servers.ts'
import { settingsRoutes } from './routes/settings.ts'
import { toolsRoutes } from './routes/tools.ts'
import type { StreamSender } from './stream-sender.ts'

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
  readonly onBug: OnBug
  readonly hostNotices: readonly ErrorInfo[]
}

/** The contract, implemented. */
export type HostRouter = Router<typeof contract, RpcContext>

/** Implements the contract over a core. One router serves every transport. */
export function createRouter(options: RouterOptions): HostRouter {
  const os = createImplementer(options.onBug)
  return os.router({
    host: hostRoutes(os, options),
    servers: serversRoutes(os, options),
    clients: clientsRoutes(os, options),
    logs: logsRoutes(os, options),
    tools: toolsRoutes(os, options),
    settings: settingsRoutes(os, options),
    streams: {
      ack: os.streams.ack.handler(async ({ input }) =>
        options.streams.acknowledge(input.streamId, input.seq),
      ),
    },
  })
}
