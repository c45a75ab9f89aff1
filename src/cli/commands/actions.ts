import type { Command } from 'commander'
import type { ActionEvent } from '../../shared/contract/actions.ts'
import { readStream } from '../../shared/contract/read-stream.ts'
import type { AutomaticAction } from '../../shared/domain/automatic-action.ts'
import { describeAction } from '../../shared/domain/describe-action.ts'
import { connectLive, createContext, type GlobalOptions, withHost } from '../command-context.ts'
import { type ExitCode, exitCode } from '../exit-code.ts'
import type { Terminal } from '../output/terminal.ts'
import { runCommand } from '../run-command.ts'

interface Options extends GlobalOptions {
  readonly follow?: boolean
}

/** Adds `actions`. */
export function addActionsCommand(program: Command): void {
  program
    .command('actions')
    .summary('show what MCP Manager did by itself')
    .description(
      'Shows every automatic action and its reason, the oldest first: restarts, servers that were parked, killed or stopped when idle, leftovers of an earlier run; also what was held back because its switch is off. Under --json each is one JSON object.',
    )
    .option('-f, --follow', 'go on with new ones until Ctrl-C')
    .addHelpText(
      'after',
      '\nExamples:\n  mcp-manager actions\n  mcp-manager actions --follow --json',
    )
    .action((_options: unknown, command: Command) =>
      runCommand(command.optsWithGlobals<Options>(), showActions),
    )
}

async function showActions(options: Options): Promise<ExitCode> {
  const context = await createContext(options)
  const { terminal } = context
  const live = options.follow === true ? await connectLive(context) : null
  if (live !== null) {
    try {
      await readActions(live.client.actions.watch(), live.client.streams.ack, terminal, true)
      return exitCode.done
    } finally {
      await live.close()
    }
  }
  await withHost(context, async ({ client, host }) => {
    const count = await readActions(client.actions.watch(), client.streams.ack, terminal, false)
    if (count === 0) terminal.note('MCP Manager has done nothing by itself yet.')
    if (options.follow === true && host === null) {
      terminal.note('MCP Manager is not running, so no more will come.')
    }
  })
  return exitCode.done
}

/** Prints actions; those that are remembered, or on and on. Answers how many there were. */
async function readActions(
  stream: Parameters<typeof readStream<ActionEvent>>[0],
  acknowledge: Parameters<typeof readStream<ActionEvent>>[1],
  terminal: Terminal,
  isFollowing: boolean,
): Promise<number> {
  let count = 0
  for await (const { items, dropped } of readStream(stream, acknowledge)) {
    if (dropped > 0) terminal.note(`${dropped} came faster than they could be shown.`)
    for (const event of items) {
      if (event.type === 'action') {
        count += 1
        printAction(event.action, terminal)
      }
      if (event.type === 'ready' && !isFollowing) return count
    }
  }
  return count
}

function printAction(action: AutomaticAction, terminal: Terminal): void {
  terminal.value(action)
  const time = new Date(action.at).toISOString().replace('T', ' ').replace('Z', '')
  const { title, reason } = describeAction(action)
  const who = action.serverName === null ? '' : `${action.serverName}: `
  terminal.line(`${time} ${who}${title}. ${reason}`)
}
