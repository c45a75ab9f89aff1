import type { Command } from 'commander'
import type { HostClient } from '../../shared/contract/contract.ts'
import { errorSentence } from '../../shared/domain/describe-error.ts'
import { qualifiedName } from '../../shared/domain/server-name.ts'
import type { ServerView } from '../../shared/domain/server-view.ts'
import { stateWords } from '../../shared/domain/state-words.ts'
import { startBackgroundHost } from '../background-host.ts'
import {
  chooseServers,
  type CommandContext,
  connectLive,
  createContext,
  type GlobalOptions,
  openVault,
  withHost,
} from '../command-context.ts'
import { type ExitCode, exitCode } from '../exit-code.ts'
import { printable } from '../output/terminal.ts'
import { positiveSeconds } from '../parse-option.ts'
import { runCommand } from '../run-command.ts'
import { waitUntilSettled } from '../settle.ts'

type Verb = 'enable' | 'disable' | 'start' | 'stop' | 'restart'

interface Options extends GlobalOptions {
  readonly all?: boolean
  readonly wait: boolean
  readonly timeout: number
}

const summaries: Record<Verb, string> = {
  enable: 'switch servers on: they run now, and whenever MCP Manager runs',
  disable: 'switch servers off and stop them',
  start: 'start servers for this run of MCP Manager; the switch stays as it is',
  stop: 'stop servers for this run of MCP Manager; the switch stays as it is',
  restart: 'stop servers and start them again',
}

/** Adds `enable`, `disable`, `start`, `stop` and `restart`. */
export function addStateCommands(program: Command): void {
  for (const verb of ['enable', 'disable', 'start', 'stop', 'restart'] as const) {
    program
      .command(verb)
      .summary(summaries[verb])
      .description(
        `${sentence(summaries[verb])} Returns when each of them runs, has stopped, has failed, or waits for its first retry.`,
      )
      .argument('[names...]', 'name, name@project, or id')
      .option('--all', 'all servers')
      .option('--no-wait', 'return at once')
      .option('--timeout <seconds>', 'how long to wait at most', positiveSeconds, 60)
      .addHelpText(
        'after',
        `\nExamples:\n  mcp-manager ${verb} github\n  mcp-manager ${verb} --all --timeout 20`,
      )
      .action((names: string[], _options: unknown, command: Command) =>
        runCommand(command, (options: Options) => changeState(verb, names, options)),
      )
  }
}

async function changeState(
  verb: Verb,
  names: readonly string[],
  options: Options,
): Promise<ExitCode> {
  const context = await createContext(options)
  const live = await connectLive(context)
  if (live !== null) {
    try {
      return await act(verb, names, options, context, live.client)
    } finally {
      await live.close()
    }
  }
  switch (verb) {
    case 'enable':
    case 'disable':
      return await storeSwitch(verb === 'enable', names, options, context)
    case 'stop':
      // Names are checked all the same: a wrong one is a mistake whether or not a host runs.
      return await withHost(context, async ({ client }) => {
        const chosen = await chooseServers(client, names, options.all === true)
        context.terminal.note('MCP Manager is not running, so no server runs.')
        context.terminal.value({ host: null, servers: chosen })
        return exitCode.done
      })
    case 'start':
    case 'restart':
      return await startWithHost(verb, names, options, context)
  }
}

/** Without a host the switch is a stored fact; it is acted on when one runs. */
async function storeSwitch(
  enabled: boolean,
  names: readonly string[],
  options: Options,
  context: CommandContext,
): Promise<ExitCode> {
  const { terminal } = context
  return await withHost(context, async ({ client }) => {
    const chosen = await chooseServers(client, names, options.all === true)
    // One after the other: they are stored in one file.
    for (const { definition } of chosen)
      await client.servers.setEnabled({ id: definition.id, enabled })
    const servers = await client.servers.list()
    const changed = servers.filter((server) =>
      chosen.some((one) => one.definition.id === server.definition.id),
    )
    for (const server of changed) {
      terminal.line(`${qualifiedName(server.definition)}: ${enabled ? 'on' : 'off'}`)
    }
    if (enabled) {
      terminal.note('MCP Manager is not running. They start when it does: mcp-manager serve')
    }
    terminal.value({ host: null, servers: changed, timedOut: false })
    return exitCode.done
  })
}

async function startWithHost(
  verb: Verb,
  names: readonly string[],
  options: Options,
  context: CommandContext,
): Promise<ExitCode> {
  // A wrong name must not leave a host behind.
  await withHost(context, async ({ client }) => {
    await chooseServers(client, names, options.all === true)
  })
  const record = await startBackgroundHost(context, null)
  context.terminal.note(
    `MCP Manager was not running. Started it in the background (process ${record.pid}); stop it with: mcp-manager down`,
  )
  return await changeState(verb, names, options)
}

async function act(
  verb: Verb,
  names: readonly string[],
  options: Options,
  context: CommandContext,
  client: HostClient,
): Promise<ExitCode> {
  const { terminal } = context
  const chosen = await chooseServers(client, names, options.all === true)
  if (verb !== 'disable' && verb !== 'stop') await openVault(context, client)
  const after: ServerView[] = []
  for (const { definition } of chosen) {
    const { id } = definition
    after.push(
      verb === 'enable' || verb === 'disable'
        ? await client.servers.setEnabled({ id, enabled: verb === 'enable' })
        : await client.servers[verb]({ id }),
    )
  }
  const ids = chosen.map((server) => server.definition.id)
  const { servers, timedOut } = options.wait
    ? await waitUntilSettled(client, ids, options.timeout * 1000, terminal)
    : { servers: after, timedOut: false }
  const sorted = ids.flatMap((id) => servers.filter((server) => server.definition.id === id))
  const failed = options.wait ? sorted.filter(hasFailed) : []
  const now = Date.now()
  for (const server of sorted) {
    terminal.line(`${qualifiedName(server.definition)}: ${stateWords(server, now)}`)
    if (!failed.includes(server)) continue
    for (const line of failureLines(server)) terminal.line(`  ${line}`)
  }
  if (timedOut) {
    terminal.note(
      `They did not settle within ${options.timeout} s; they go on. Look with: mcp-manager status`,
    )
  }
  terminal.value({ servers: sorted, timedOut })
  if (timedOut) return exitCode.timedOut
  return failed.length > 0 ? exitCode.failed : exitCode.done
}

function hasFailed({ state }: ServerView): boolean {
  return state.phase === 'failed' || state.phase === 'backoff'
}

function failureLines({ state, stats }: ServerView): readonly string[] {
  if (state.phase !== 'failed' && state.phase !== 'backoff') return []
  const stderr = stats.lastError?.stderr ?? []
  return [
    printable(errorSentence(state.error.code, state.error.data)),
    ...stderr.map((line) => `| ${printable(line)}`),
  ]
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
