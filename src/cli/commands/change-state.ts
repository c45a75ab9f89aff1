import type { Command } from 'commander'
import type { HostConnection } from '../../host/connect-live-host.ts'
import { qualifiedName } from '../../shared/domain/server-name.ts'
import { isSettled } from '../../shared/domain/server-state.ts'
import type { ServerView } from '../../shared/domain/server-view.ts'
import { stateWords } from '../../shared/domain/state-words.ts'
import { startBackgroundHostAndSay } from '../background-host.ts'
import {
  type CommandContext,
  chooseServers,
  connectLive,
  createContext,
  type GlobalOptions,
  isRunnable,
  withHost,
} from '../command-context.ts'
import { type ExitCode, exitCode } from '../exit-code.ts'
import { giveInputsFor } from '../give-inputs.ts'
import { serverJson } from '../output/server-json.ts'
import { failureLines } from '../output/server-text.ts'
import type { Terminal } from '../output/terminal.ts'
import { positiveSeconds } from '../parse-option.ts'
import { runCommand } from '../run-command.ts'
import { waitUntilSettled } from '../settle.ts'
import { openVaultFor } from '../vault-access.ts'

type Verb = 'enable' | 'disable' | 'start' | 'stop' | 'restart'

interface Options extends GlobalOptions {
  readonly all?: boolean
  readonly kill?: boolean
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
    const added = program
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
        runCommand(command.optsWithGlobals<Options>(), (options) =>
          changeState(verb, names, options),
        ),
      )
    if (verb === 'stop') added.option('--kill', 'kill it at once, also one that is stopping')
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
      return await act(verb, names, options, context, live)
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
        context.terminal.value({ host: null, servers: chosen.map(serverJson), timedOut: false })
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
    const chosen = forAll(
      enabled ? 'enable' : 'disable',
      await chooseServers(client, names, options.all === true),
      options,
      terminal,
    )
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
    terminal.value({ host: null, servers: changed.map(serverJson), timedOut: false })
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
  await withHost(context, ({ client }) => chooseServers(client, names, options.all === true))
  await startBackgroundHostAndSay(context)
  return await changeState(verb, names, options)
}

async function act(
  verb: Verb,
  names: readonly string[],
  options: Options,
  context: CommandContext,
  { client, host }: HostConnection,
): Promise<ExitCode> {
  const { terminal } = context
  const chosen = forAll(
    verb,
    await chooseServers(client, names, options.all === true),
    options,
    terminal,
  )
  if (verb !== 'disable' && verb !== 'stop') {
    await openVaultFor(context, client, chosen)
    await giveInputsFor(context, client, chosen)
  }
  const after: ServerView[] = []
  for (const { definition } of chosen) {
    const { id } = definition
    after.push(
      verb === 'enable' || verb === 'disable'
        ? await client.servers.setEnabled({ id, enabled: verb === 'enable' })
        : await client.servers[verb === 'stop' && options.kill === true ? 'kill' : verb]({ id }),
    )
  }
  const ids = chosen.map((server) => server.definition.id)
  const { servers, timedOut } = options.wait
    ? await waitUntilSettled(client, ids, options.timeout * 1000, terminal)
    : { servers: after, timedOut: false }
  const sorted = ids.flatMap((id) => servers.filter((server) => server.definition.id === id))
  const failed = sorted.filter((server) => hasFailed(verb, server))
  const now = Date.now()
  for (const server of sorted) {
    terminal.line(`${qualifiedName(server.definition)}: ${stateWords(server, now)}`)
    if (!failed.includes(server)) continue
    for (const line of failureLines(server)) terminal.note(`  ${line}`)
  }
  if (timedOut) {
    terminal.note(
      `They did not settle within ${options.timeout} s; they go on. Look with: mcp-manager status`,
    )
  }
  terminal.value({
    host: host === null ? null : { pid: host.pid },
    servers: sorted.map(serverJson),
    timedOut,
  })
  if (timedOut) return exitCode.timedOut
  return failed.length > 0 ? exitCode.failed : exitCode.done
}

/**
 * What `--all` means: not the servers that cannot be run, where they would be; and no start of what is off and at rest by
 * `restart`.
 */
function forAll(
  verb: Verb,
  servers: readonly ServerView[],
  options: Options,
  terminal: Terminal,
): readonly ServerView[] {
  if (options.all !== true || verb === 'disable' || verb === 'stop') return servers
  const runnable = servers.filter(isRunnable)
  for (const { definition } of servers.filter((server) => !isRunnable(server))) {
    terminal.note(`Left out ${qualifiedName(definition)}: it cannot be run.`)
  }
  return verb === 'restart'
    ? runnable.filter(({ definition, state }) => definition.enabled || state.phase !== 'stopped')
    : runnable
}

/** Whether the server came to rest where the verb did not want it. One that is still on its way has not failed. */
function hasFailed(verb: Verb, { state }: ServerView): boolean {
  if (!isSettled(state)) return false
  // Switched on it is ready; to start it means that it runs.
  if (verb === 'enable' && state.phase === 'stopped' && state.reason === 'idle') return false
  return state.phase !== (verb === 'disable' || verb === 'stop' ? 'stopped' : 'running')
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
