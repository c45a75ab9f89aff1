import type { Router } from '@orpc/server'
import type { contract } from '../../shared/contract/contract.ts'
import { createImplementer, type RpcContext } from './implementer.ts'
import type { RouterOptions } from './router-options.ts'
import { accountsRoutes } from './routes/accounts.ts'
import { actionsRoutes } from './routes/actions.ts'
import { clientsRoutes } from './routes/clients.ts'
import { hostRoutes } from './routes/host.ts'
import { literalsRoutes } from './routes/literals.ts'
import { logsRoutes } from './routes/logs.ts'
import { noDesktopRoutes } from './routes/no-desktop.ts'
import { processesRoutes } from './routes/processes.ts'
import { resourcesRoutes } from './routes/resources.ts'
import { secretsRoutes } from './routes/secrets.ts'
import { serversRoutes } from './routes/servers.ts'
import { settingsRoutes } from './routes/settings.ts'
import { toolsRoutes } from './routes/tools.ts'

/** The contract, implemented. */
export type HostRouter = Router<typeof contract, RpcContext>

/** Implements the contract over a core. One router serves every transport. */
export function createRouter(options: RouterOptions): HostRouter {
  const os = createImplementer(options.onBug, options.core.redact)
  return os.router({
    host: hostRoutes(os, options),
    servers: serversRoutes(os, options),
    clients: clientsRoutes(os, options),
    logs: logsRoutes(os, options),
    tools: toolsRoutes(os, options),
    processes: processesRoutes(os, options),
    resources: resourcesRoutes(os, options),
    secrets: secretsRoutes(os, options),
    literals: literalsRoutes(os, options),
    settings: settingsRoutes(os, options),
    actions: actionsRoutes(os, options),
    accounts: accountsRoutes(os, options),
    desktop: noDesktopRoutes(os, options),
    streams: {
      ack: os.streams.ack.handler(async ({ input }) =>
        options.streams.acknowledge(input.streamId, input.seq),
      ),
    },
  })
}
