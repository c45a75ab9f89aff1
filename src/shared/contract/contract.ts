import type { ContractRouterClient } from '@orpc/contract'
import { accountsContract } from './accounts.ts'
import { actionsContract } from './actions.ts'
import { clientsContract } from './clients.ts'
import { desktopContract } from './desktop.ts'
import { hostContract } from './host.ts'
import { literalsContract } from './literals.ts'
import { logsContract } from './logs.ts'
import { processesContract } from './processes.ts'
import { resourcesContract } from './resources.ts'
import { secretsContract } from './secrets.ts'
import { serversContract } from './servers.ts'
import { settingsContract } from './settings.ts'
import { streamsContract } from './streams.ts'
import { toolsContract } from './tools.ts'

/** The only list of calls that a face can make of the core. Both sides infer their types from it. */
export const contract = {
  host: hostContract,
  servers: serversContract,
  clients: clientsContract,
  logs: logsContract,
  tools: toolsContract,
  processes: processesContract,
  resources: resourcesContract,
  secrets: secretsContract,
  literals: literalsContract,
  settings: settingsContract,
  actions: actionsContract,
  accounts: accountsContract,
  desktop: desktopContract,
  streams: streamsContract,
}

/** A typed client of the contract, over any transport. */
export type HostClient = ContractRouterClient<typeof contract>
