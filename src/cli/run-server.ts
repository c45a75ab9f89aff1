import type { HostConnection } from '../host/connect-live-host.ts'
import { AppError } from '../shared/domain/errors.ts'
import type { ServerView } from '../shared/domain/server-view.ts'
import {
  type CommandContext,
  closeWithNotices,
  connectLive,
  findServer,
  isRunnable,
  openOwn,
} from './command-context.ts'
import { giveInputsFor } from './give-inputs.ts'
import { failureLines } from './output/server-text.ts'
import { waitUntilSettled } from './settle.ts'
import { openVaultFor } from './vault-access.ts'

/** How long a server may take to run for one command, in milliseconds. */
const settleMs = 90_000

/**
 * Runs a command that needs servers that run. With a live host its servers are used as they are; without one the chosen
 * servers run in this process for as long as the command does. Throws the server's error where a named one does not come up;
 * of several, each is said on stderr, and `run` gets those that run as second and the others as third argument.
 * @param names null for all servers whose switch is on.
 */
export async function withRunningServers<T>(
  context: CommandContext,
  names: readonly string[] | null,
  run: (
    connection: HostConnection,
    servers: readonly ServerView[],
    failed: readonly ServerView[],
  ) => Promise<T>,
): Promise<T> {
  const live = await connectLive(context)
  const connection = live ?? (await openOwn(context))
  try {
    const { client } = connection
    const all = await client.servers.list()
    const chosen =
      names === null
        ? all.filter((server) => server.definition.enabled && isRunnable(server))
        : names.map((name) => findServer(all, name))
    if (live !== null) return await run(connection, chosen, [])

    await openVaultFor(context, client, chosen)
    await giveInputsFor(context, client, chosen)
    const ids = chosen.map((server) => server.definition.id)
    for (const id of ids) await client.servers.start({ id })
    const { servers, timedOut } = await waitUntilSettled(client, ids, settleMs, context.terminal)
    if (timedOut) throw new AppError('handshake_timeout', { seconds: settleMs / 1000 })
    const failed = servers.filter((server) => server.state.phase !== 'running')
    for (const server of failed) {
      const { state, definition } = server
      const [why = '', ...stderr] = failureLines(server)
      context.terminal.note(`${definition.name} did not start. ${why}`)
      for (const line of stderr) context.terminal.note(`  ${line}`)
      if (names === null) continue
      throw 'error' in state
        ? new AppError(state.error.code, state.error.data)
        : new AppError('server_not_running', { name: definition.name, phase: state.phase })
    }
    const running = servers.filter((server) => !failed.includes(server))
    return await run(connection, running, failed)
  } finally {
    await closeWithNotices(context, connection)
  }
}
