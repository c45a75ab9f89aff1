import type { HostConnection } from '../host/connect-live-host.ts'
import type { HostOptions } from '../host/host-options.ts'
import type { HostClient } from '../shared/contract/contract.ts'
import { errorSentence } from '../shared/domain/describe-error.ts'
import { AppError } from '../shared/domain/errors.ts'
import { findByName } from '../shared/domain/server-name.ts'
import type { ServerView } from '../shared/domain/server-view.ts'
import { createTerminal, type Terminal } from './output/terminal.ts'

/** What every command works with. */
export interface CommandContext {
  readonly terminal: Terminal
  readonly host: HostOptions
}

/** Options that every verb has. */
export interface GlobalOptions {
  readonly json?: boolean
}

/** Builds the context of one command. Throws `invalid_input` where the environment cannot be used. */
export async function createContext(options: GlobalOptions): Promise<CommandContext> {
  const { createHostOptions } = await import('../host/host-environment.ts')
  return {
    terminal: createTerminal(options.json === true),
    host: createHostOptions(process.env, false),
  }
}

/** Connects to the live host, or answers null where none runs. */
export async function connectLive(context: CommandContext): Promise<HostConnection | null> {
  const { connectToLiveHost } = await import('../host/connect-live-host.ts')
  return await connectToLiveHost(context.host)
}

/** Runs a command against the live host, or against the stored state where none runs, and closes what it opened. */
export async function withHost<T>(
  context: CommandContext,
  run: (connection: HostConnection) => Promise<T>,
): Promise<T> {
  const connection = (await connectLive(context)) ?? (await openOwn(context))
  try {
    return await run(connection)
  } finally {
    await closeWithNotices(context, connection)
  }
}

/** Closes a connection after saying what its core has to tell. */
export async function closeWithNotices(
  { terminal }: CommandContext,
  connection: HostConnection,
): Promise<void> {
  await connection.close()
  for (const { code, data } of connection.notices()) {
    terminal.note(errorSentence(code, data))
  }
}

/** What a shell adds to 128 for the exit code of a program that a signal ended (signal(7)). */
const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const

/**
 * Runs the core in this process, or connects to a host that came up in this moment. Heavy, so it is only loaded where it is
 * needed. A signal stops the servers that were started here before it ends the process; a second one ends it at once.
 */
export async function openOwn(context: CommandContext): Promise<HostConnection> {
  const { openOwnCore } = await import('../host/own-core.ts')
  let own: HostConnection
  try {
    own = await openOwnCore(context.host, (pid) =>
      context.terminal.note(`Waiting for another mcp-manager command (process ${pid}).`),
    )
  } catch (error) {
    const isHosts = error instanceof AppError && error.code === 'host_running'
    const live = isHosts ? await connectLive(context) : null
    if (live === null) throw error
    return live
  }
  let ending = false
  const onSignal = (signal: NodeJS.Signals) => {
    const number = signal === 'SIGHUP' || signal === 'SIGTERM' ? signalNumbers[signal] : 2
    const end = () => process.exit(128 + number)
    if (ending) end()
    ending = true
    own.close().then(end, end)
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, onSignal)
  return {
    ...own,
    close: async () => {
      await own.close()
      for (const signal of signals) process.off(signal, onSignal)
    },
  }
}

/** The servers that the names mean; all where `all` is set. Throws `not_found`, `ambiguous_name` or `invalid_input`. */
export async function chooseServers(
  client: HostClient,
  names: readonly string[],
  all: boolean,
): Promise<readonly ServerView[]> {
  if (all === names.length > 0) {
    throw new AppError('invalid_input', {
      reason: 'Name one or more servers, or give --all, but not both.',
    })
  }
  const servers = await client.servers.list()
  if (all) return servers
  const chosen = names.map((name) => findServer(servers, name))
  return chosen.filter((server, index) => chosen.indexOf(server) === index)
}

/** True for a server that names a way to run it. */
export function isRunnable({ definition }: ServerView): boolean {
  return definition.transport.type !== 'ws' && definition.transport.type !== 'unknown'
}

/** The server that a person means. Throws `not_found` or `ambiguous_name`. */
export function findServer(servers: readonly ServerView[], name: string): ServerView {
  const { id } = findByName(
    servers.map((server) => server.definition),
    name,
  )
  const server = servers.find((candidate) => candidate.definition.id === id)
  if (server === undefined) throw new AppError('not_found', { name, known: [] })
  return server
}
