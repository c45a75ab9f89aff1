import type { Command } from 'commander'
import { qualifiedName } from '../../shared/domain/server-name.ts'
import { askYes, canAsk } from '../ask.ts'
import { chooseServers, createContext, type GlobalOptions, withHost } from '../command-context.ts'
import { type ExitCode, exitCode } from '../exit-code.ts'
import { commandText } from '../output/server-text.ts'
import { runCommand } from '../run-command.ts'

interface RemoveOptions extends GlobalOptions {
  readonly yes?: boolean
}

/** Adds `remove`. */
export function addRemoveCommand(program: Command): void {
  program
    .command('remove')
    .summary('stop a server and forget it')
    .description(
      'Stops servers and forgets them, with the secrets that only they used. The files of your clients stay as they are.',
    )
    .argument('<names...>', 'name, name@project, or id')
    .option('-y, --yes', 'do not ask; a script is never asked')
    .addHelpText('after', '\nExamples:\n  mcp-manager remove github')
    .action((names: string[], _options: unknown, command: Command) =>
      runCommand(command.optsWithGlobals<RemoveOptions>(), (options) =>
        removeServers(names, options),
      ),
    )
}

async function removeServers(names: readonly string[], options: RemoveOptions): Promise<ExitCode> {
  const context = await createContext(options)
  return await withHost(context, async ({ client }) => {
    const chosen = await chooseServers(client, names, false)
    if (options.yes !== true && canAsk()) {
      for (const { definition } of chosen) {
        const text = `${qualifiedName(definition)}: ${commandText(definition.transport)}`
        context.terminal.note(text)
      }
      if (!(await askYes('Remove from MCP Manager?'))) {
        context.terminal.note('Nothing was removed.')
        return exitCode.failed
      }
    }
    const removed = []
    for (const { definition } of chosen) {
      removed.push(await client.servers.remove({ id: definition.id }))
      context.terminal.line(`Removed ${qualifiedName(definition)}`)
    }
    context.terminal.value({ removed })
    return exitCode.done
  })
}
