import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import type { ServerPatch } from '../../shared/contract/servers.ts'
import { AppError } from '../../shared/domain/errors.ts'
import type { Transport } from '../../shared/domain/server-definition.ts'
import { qualifiedName } from '../../shared/domain/server-name.ts'
import {
  chooseServers,
  createContext,
  findServer,
  type GlobalOptions,
  prepareVault,
  withHost,
} from '../command-context.ts'
import { type ExitCode, exitCode } from '../exit-code.ts'
import { commandText } from '../output/server-text.ts'
import { collect, positiveSeconds } from '../parse-option.ts'
import { askHidden, canAsk, readStdin } from '../passphrase.ts'
import { runCommand } from '../run-command.ts'

interface TransportOptions extends GlobalOptions {
  readonly env?: readonly string[]
  readonly unsetEnv?: readonly string[]
  readonly header?: readonly string[]
  readonly unsetHeader?: readonly string[]
  readonly cwd?: string
  readonly url?: string
  readonly type?: 'http' | 'sse'
  readonly startTimeout?: number
  readonly callTimeout?: number
}
interface AddOptions extends TransportOptions {
  readonly project?: string
}
interface EditOptions extends TransportOptions {
  readonly name?: string
}

const secretNote =
  '\nA value that is typed here can be seen by other programs while the command runs. Write - as the value (--env TOKEN=-) to be asked for it, or to give it by stdin. Credentials are kept in the vault.'

/** Adds `add`, `edit` and `remove`. */
export function addEditCommands(program: Command): void {
  withTransportOptions(program.command('add'))
    .summary('add a server by hand')
    .description('Adds a server, switched off: a command after --, or a URL.')
    .argument('<name>', 'its name')
    .argument('[command...]', 'after --: the command and its arguments')
    .option('--project <dir>', 'for this folder only; it also runs there')
    .addHelpText(
      'after',
      `\nExamples:\n  mcp-manager add memory -- npx -y @modelcontextprotocol/server-memory\n  mcp-manager add github --url https://api.githubcopilot.com/mcp/ --header 'Authorization=-'\n${secretNote}`,
    )
    .action((name: string, words: string[], _options: unknown, command: Command) =>
      runCommand(command, (options: AddOptions) => addServer(name, words, options)),
    )

  withTransportOptions(program.command('edit'))
    .summary('change a server')
    .description('Changes what is given and leaves the rest. A server that runs is restarted.')
    .argument('<server>', 'name, name@project, or id')
    .argument('[command...]', 'after --: another command and its arguments')
    .option('--name <name>', 'another name')
    .option('--unset-env <name>', 'remove an environment variable', collect)
    .option('--unset-header <name>', 'remove a header', collect)
    .addHelpText(
      'after',
      `\nExamples:\n  mcp-manager edit github --name gh --env GITHUB_TOKEN=-\n  mcp-manager edit memory -- node ./server.js\n${secretNote}`,
    )
    .action((name: string, words: string[], _options: unknown, command: Command) =>
      runCommand(command, (options: EditOptions) => editServer(name, words, options)),
    )

  program
    .command('remove')
    .summary('stop a server and forget it')
    .description(
      'Stops servers and forgets them, with the secrets that only they used. The files of your clients stay as they are.',
    )
    .argument('<names...>', 'name, name@project, or id')
    .addHelpText('after', '\nExamples:\n  mcp-manager remove github')
    .action((names: string[], _options: unknown, command: Command) =>
      runCommand(command, (options: GlobalOptions) => removeServers(names, options)),
    )
}

function withTransportOptions(command: Command): Command {
  return command
    .option('--env <name=value>', 'an environment variable; may be given several times', collect)
    .option('--cwd <dir>', 'the directory it runs in')
    .option('--url <url>', 'where a remote server is')
    .addOption(new Option('--type <type>', 'how to speak to it').choices(['http', 'sse']))
    .option('--header <name=value>', 'an HTTP header; may be given several times', collect)
    .option('--start-timeout <seconds>', 'bound of its start', positiveSeconds)
    .option('--call-timeout <seconds>', 'bound of a call without progress', positiveSeconds)
}

async function addServer(
  name: string,
  words: readonly string[],
  options: AddOptions,
): Promise<ExitCode> {
  const [command, ...args] = words
  if ((command === undefined) === (options.url === undefined)) {
    throw new AppError('invalid_input', {
      reason: 'Give either a command after -- or a URL with --url.',
    })
  }
  const empty: Transport =
    command === undefined
      ? { type: options.type ?? 'http', url: '', headers: {}, headersHelper: null }
      : { type: 'stdio', command, args, env: {}, cwd: null, envFile: null }
  const transport = await changed(empty, [], options)
  const context = await createContext(options)
  return await withHost(context, async ({ client }) => {
    await prepareVault(context, client)
    const server = await client.servers.add({
      name,
      transport,
      timeouts: timeoutsOf(options, { startMs: null, callMs: null }),
      ...(options.project !== undefined && { project: resolve(options.project) }),
    })
    context.terminal.line(`Added ${qualifiedName(server.definition)}, switched off:`)
    context.terminal.line(`  ${commandText(server.definition.transport)}`)
    context.terminal.line(`Switch it on with: mcp-manager enable ${server.definition.name}`)
    context.terminal.value({ server })
    return exitCode.done
  })
}

async function editServer(
  name: string,
  words: readonly string[],
  options: EditOptions,
): Promise<ExitCode> {
  const context = await createContext(options)
  return await withHost(context, async ({ client }) => {
    const before = findServer(await client.servers.list(), name)
    await prepareVault(context, client)
    const { definition } = before
    const patch: ServerPatch = {
      transport: await changed(definition.transport, words, options),
      timeouts: timeoutsOf(options, definition.timeouts),
      ...(options.name !== undefined && { name: options.name }),
    }
    const server = await client.servers.edit({ id: definition.id, patch })
    context.terminal.line(`Changed ${qualifiedName(server.definition)}:`)
    context.terminal.line(`  ${commandText(server.definition.transport)}`)
    context.terminal.value({ server })
    return exitCode.done
  })
}

async function removeServers(names: readonly string[], options: GlobalOptions): Promise<ExitCode> {
  const context = await createContext(options)
  return await withHost(context, async ({ client }) => {
    const chosen = await chooseServers(client, names, false)
    const removed = []
    for (const { definition } of chosen) {
      removed.push(await client.servers.remove({ id: definition.id }))
      context.terminal.line(`Removed ${qualifiedName(definition)}`)
    }
    context.terminal.value({ removed })
    return exitCode.done
  })
}

/** The transport with what the options say. */
async function changed(
  transport: Transport,
  words: readonly string[],
  options: TransportOptions,
): Promise<Transport> {
  const [command, ...args] = words
  let next = transport
  if (command !== undefined) {
    next =
      next.type === 'stdio'
        ? { ...next, command, args }
        : { type: 'stdio', command, args, env: {}, cwd: null, envFile: null }
  }
  if (options.url !== undefined || options.type !== undefined) {
    const before = next.type === 'http' || next.type === 'sse' ? next : null
    next = {
      type: options.type ?? before?.type ?? 'http',
      url: validUrl(options.url ?? before?.url ?? ''),
      headers: before?.headers ?? {},
      headersHelper: before?.headersHelper ?? null,
    }
  }
  const env = await pairs(options.env ?? [])
  const headers = await pairs(options.header ?? [])
  if (next.type === 'stdio') {
    if (headers.length > 0 || options.unsetHeader !== undefined) throw notForCommand('--header')
    return {
      ...next,
      env: changedMap(next.env, env, options.unsetEnv),
      cwd: options.cwd === undefined ? next.cwd : resolve(options.cwd),
    }
  }
  if (env.length > 0 || options.unsetEnv !== undefined) throw notForUrl('--env')
  if (options.cwd !== undefined) throw notForUrl('--cwd')
  return { ...next, headers: changedMap(next.headers, headers, options.unsetHeader) }
}

function changedMap(
  before: Readonly<Record<string, string>>,
  set: readonly (readonly [string, string])[],
  unset: readonly string[] | undefined,
): Record<string, string> {
  const kept = Object.entries(before).filter(([key]) => unset?.includes(key) !== true)
  return Object.fromEntries([...kept, ...set])
}

/** `NAME=value` texts as pairs; a value of `-` is asked for, or read from stdin. */
async function pairs(texts: readonly string[]): Promise<[string, string][]> {
  const result: [string, string][] = []
  for (const text of texts) {
    const match = /^([^=:\s]+)\s*[=:]\s*(.*)$/s.exec(text)
    const [, name, value] = match ?? []
    if (name === undefined || value === undefined) {
      throw new AppError('invalid_input', { reason: 'An entry has to be written as NAME=value.' })
    }
    result.push([name, value === '-' ? await askValue(name) : value])
  }
  return result
}

async function askValue(name: string): Promise<string> {
  return canAsk() ? await askHidden(`${name}: `) : await readStdin()
}

function timeoutsOf(
  options: TransportOptions,
  before: { readonly startMs: number | null; readonly callMs: number | null },
) {
  return {
    startMs: toMs(options.startTimeout) ?? before.startMs,
    callMs: toMs(options.callTimeout) ?? before.callMs,
  }
}

function toMs(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : Math.max(1, Math.round(seconds * 1000))
}

function validUrl(text: string): string {
  // A variable may stand anywhere in it, so only the scheme is looked at.
  if (/^(?:https?:\/\/|\$\{)\S+$/.test(text)) return text
  throw new AppError('invalid_input', { reason: 'A URL has to begin with http:// or https://.' })
}

function notForCommand(option: string): AppError {
  return new AppError('invalid_input', { reason: `${option} is for a server with a URL.` })
}

function notForUrl(option: string): AppError {
  return new AppError('invalid_input', { reason: `${option} is for a server with a command.` })
}
