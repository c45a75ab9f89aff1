import type { HostConnection } from '../host/connect-live-host.ts'
import { AppError } from '../shared/domain/errors.ts'
import type { ServerView } from '../shared/domain/server-view.ts'
import {
  type CommandContext,
  closeWithNotices,
  connectLive,
  findServer,
  openOwn,
  openVault,
} from './command-context.ts'
import { waitUntilSettled } from './settle.ts'

/** How long a server may take to run for one command, in milliseconds. */
const settleMs = 90_000

/**
 * Runs a command that needs servers that run. With a live host its servers are used as they are; without one the chosen
 * servers run in this process for as long as the command does. Throws the server's error where it does not come up.
 * @param names null for all servers whose switch is on.
 */
export async function withRunningServers<T>(
  context: CommandContext,
  names: readonly string[] | null,
  run: (connection: HostConnection, servers: readonly ServerView[]) => Promise<T>,
): Promise<T> {
  const live = await connectLive(context)
  const connection = live ?? (await openOwn(context))
  try {
    const { client } = connection
    const all = await client.servers.list()
    const chosen =
      names === null
        ? all.filter((server) => server.definition.enabled)
        : names.map((name) => findServer(all, name))
    if (live !== null) return await run(connection, chosen)

    await openVault(context, client)
    const ids = chosen.map((server) => server.definition.id)
    for (const id of ids) await client.servers.start({ id })
    const { servers, timedOut } = await waitUntilSettled(client, ids, settleMs, context.terminal)
    if (timedOut) throw new AppError('handshake_timeout', { seconds: settleMs / 1000 })
    for (const { state, definition } of servers) {
      if (state.phase !== 'failed' && state.phase !== 'backoff') continue
      if (names !== null) throw new AppError(state.error.code, state.error.data)
      context.terminal.note(`${definition.name} did not start: ${state.error.code}`)
    }
    return await run(connection, servers)
  } finally {
    await closeWithNotices(context, connection)
  }
}
