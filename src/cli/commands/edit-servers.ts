import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import type { ServerDraft, ServerPatch } from '../../shared/contract/servers.ts'
import { AppError } from '../../shared/domain/errors.ts'
import type { Transport } from '../../shared/domain/server-definition.ts'
import { qualifiedName } from '../../shared/domain/server-name.ts'
import { defaultSupervision } from '../../shared/domain/supervision.ts'
import { readValues } from '../ask.ts'
import { changeTransport, type Entries, type TransportChange } from '../change-transport.ts'
import { createContext, findServer, type GlobalOptions, withHost } from '../command-context.ts'
import { type ExitCode, exitCode } from '../exit-code.ts'
import { serverJson } from '../output/server-json.ts'
import { commandText } from '../output/server-text.ts'
import { collect, positiveSeconds } from '../parse-option.ts'
import { envPair, headerPair, inputPair, type Pair } from '../parse-pairs.ts'
import {
  changeSupervision,
  type SupervisionOptions,
  withSupervisionOptions,
} from '../parse-supervision.ts'
import { runCommand } from '../run-command.ts'
import { withVault } from '../vault-access.ts'

interface EntryOptions extends GlobalOptions, TransportChange, SupervisionOptions {
  readonly env?: readonly string[]
  readonly header?: readonly string[]
  readonly startTimeout?: number
  readonly callTimeout?: number
}
interface AddOptions extends EntryOptions {
  readonly project?: string
}
interface EditOptions extends EntryOptions {
  readonly name?: string
  readonly input?: readonly string[]
}

const secretNote =
  '\nA value that is typed here can be seen by other programs while the command runs. Write - as the value (--env TOKEN=-) to be asked for it, or to give it by stdin, one line for each. Credentials are kept in the vault.'

/** Adds `add` and `edit`. */
export function addEditCommands(program: Command): void {
  withTransportOptions(program.command('add'))
    .summary('add a server by hand')
    .description('Adds a server, switched off: a command after --, or a URL.')
    .argument('<name>', 'its name')
    .argument('[command...]', 'after --: the command and its arguments')
    .option('--project <dir>', 'for this folder only; it also runs there')
    .addHelpText(
      'after',
      `\nExamples:\n  mcp-manager add memory -- npx -y @modelcontextprotocol/server-memory\n  mcp-manager add github --url https://api.githubcopilot.com/mcp/ --header 'Authorization: -'\n${secretNote}`,
    )
    .action((name: string, words: string[], _options: unknown, command: Command) =>
      runCommand(command.optsWithGlobals<AddOptions>(), (options) =>
        addServer(name, words, options),
      ),
    )

  withTransportOptions(program.command('edit'))
    .summary('change a server')
    .description('Changes what is given and leaves the rest. A server that runs is restarted.')
    .argument('<server>', 'name, name@project, or id')
    .argument('[command...]', 'after --: another command and its arguments')
    .option('--name <name>', 'another name')
    .option('--command <file>', 'another command, with the same arguments')
    .option('--input <id=value>', 'the value of a VS Code input, kept in the vault', collect)
    .option('--unset-env <name>', 'remove an environment variable', collect)
    .option('--unset-header <name>', 'remove a header', collect)
    .addHelpText(
      'after',
      `\nExamples:\n  mcp-manager edit github --name gh --env GITHUB_TOKEN=-\n  mcp-manager edit memory -- node ./server.js\n  mcp-manager edit memory --start on-demand --idle-stop 10m\n${secretNote}`,
    )
    .action((name: string, words: string[], _options: unknown, command: Command) =>
      runCommand(command.optsWithGlobals<EditOptions>(), (options) =>
        editServer(name, words, options),
      ),
    )
}

function withTransportOptions(command: Command): Command {
  return withSupervisionOptions(command)
    .option('--env <name=value>', 'an environment variable; may be given several times', collect)
    .option('--cwd <dir>', 'the directory it runs in')
    .option('--url <url>', 'where a remote server is')
    .addOption(new Option('--type <type>', 'how to speak to it').choices(['http', 'sse']))
    .option("--header <'name: value'>", 'an HTTP header; may be given several times', collect)
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
  const transport = changeTransport(empty, [], options, await readEntries(options))
  const context = await createContext(options)
  return await withHost(context, async ({ client }) => {
    const draft: ServerDraft = {
      name,
      transport,
      timeouts: timeoutsOf(options, { startMs: null, callMs: null }),
      supervision: changeSupervision(defaultSupervision, options),
      ...(options.project !== undefined && { project: resolve(options.project) }),
    }
    const server = await withVault(context, client, () => client.servers.add(draft))
    context.terminal.line(`Added ${qualifiedName(server.definition)}, switched off:`)
    context.terminal.line(`  ${commandText(server.definition.transport)}`)
    context.terminal.line(`Switch it on with: mcp-manager enable ${server.definition.name}`)
    context.terminal.value({ server: serverJson(server) })
    return exitCode.done
  })
}

async function editServer(
  name: string,
  words: readonly string[],
  options: EditOptions,
): Promise<ExitCode> {
  const entries = await readEntries(options)
  const context = await createContext(options)
  return await withHost(context, async ({ client }) => {
    const { definition } = findServer(await client.servers.list(), name)
    const transport = changeTransport(definition.transport, words, options, entries)
    const timeouts = timeoutsOf(options, definition.timeouts)
    const supervision = changeSupervision(definition.supervision, options)
    // Only what differs, so that a change by somebody else in the meantime is not undone.
    const patch: ServerPatch = {
      ...(differs(transport, definition.transport) && { transport }),
      ...(differs(timeouts, definition.timeouts) && { timeouts }),
      ...(differs(supervision, definition.supervision) && { supervision }),
      ...(options.name !== undefined && { name: options.name }),
      ...(options.input !== undefined && { inputValues: entries.inputs }),
    }
    const server = await withVault(context, client, () =>
      client.servers.edit({ id: definition.id, patch }),
    )
    context.terminal.line(`Changed ${qualifiedName(server.definition)}:`)
    context.terminal.line(`  ${commandText(server.definition.transport)}`)
    context.terminal.value({ server: serverJson(server) })
    return exitCode.done
  })
}

function differs(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) !== JSON.stringify(b)
}

/** What `--env`, `--header` and `--input` set; values that were not to be typed are asked for, or read from stdin. */
async function readEntries(
  options: EntryOptions & Pick<EditOptions, 'input'>,
): Promise<Entries & { readonly inputs: Readonly<Record<string, string>> }> {
  const env = (options.env ?? []).map(envPair)
  const headers = (options.header ?? []).map(headerPair)
  const inputs = (options.input ?? []).map(inputPair)
  const values = await readValues([...env, ...headers, ...inputs])
  const read = (pairs: readonly Pair[]) =>
    Object.fromEntries(pairs.map((pair) => [pair.name, pair.value ?? values.get(pair) ?? '']))
  return { env: read(env), headers: read(headers), inputs: read(inputs) }
}

function timeoutsOf(
  options: EntryOptions,
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
