import type { HostConnection } from '../host/connect-live-host.ts'
import type { HostOptions } from '../host/host-options.ts'
import type { HostClient } from '../shared/contract/contract.ts'
import { errorSentence } from '../shared/domain/describe-error.ts'
import { AppError } from '../shared/domain/errors.ts'
import { findByName } from '../shared/domain/server-name.ts'
import type { ServerView } from '../shared/domain/server-view.ts'
import { createTerminal, printable, type Terminal } from './output/terminal.ts'
import { askPassphrase, canAsk } from './passphrase.ts'

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
    terminal.note(printable(errorSentence(code, data)))
  }
}

/** Runs the core in this process. Heavy, so it is only loaded where it is needed. */
export async function openOwn(context: CommandContext): Promise<HostConnection> {
  const { openOwnCore } = await import('../host/own-core.ts')
  return await openOwnCore(context.host)
}

/**
 * Makes sure that secrets can be kept before a command that may have some: where there is no keychain and no key, a person
 * at a terminal is asked for a passphrase. Nothing is asked of a script; what it cannot keep is said in the answer.
 */
export async function prepareVault(context: CommandContext, client: HostClient): Promise<void> {
  const { vault } = await client.host.info()
  if (vault.kind !== 'none') {
    await openVault(context, client)
    return
  }
  if (!canAsk()) return
  context.terminal.note(
    'No system keychain answers. Secrets go to an encrypted file; choose a passphrase for it. An empty one leaves them out.',
  )
  const passphrase = await askPassphrase(true)
  if (passphrase !== '') await client.host.unlockVault({ passphrase })
}

/** Asks a person at a terminal for the passphrase of a vault file that is locked, before servers start that may need it. */
export async function openVault(context: CommandContext, client: HostClient): Promise<void> {
  const { vault } = await client.host.info()
  if (vault.kind !== 'file' || vault.state === 'ready' || !canAsk()) return
  context.terminal.note('The vault is locked. An empty passphrase leaves it so.')
  const passphrase = await askPassphrase(false)
  if (passphrase !== '') await client.host.unlockVault({ passphrase })
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
