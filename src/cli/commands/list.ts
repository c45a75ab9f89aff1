import type { Command } from 'commander'
import { qualifiedName } from '../../shared/domain/server-name.ts'
import { stateWords } from '../../shared/domain/state-words.ts'
import { createContext, type GlobalOptions, withHost } from '../command-context.ts'
import { exitCode } from '../exit-code.ts'
import { measuredJson } from '../output/server-json.ts'
import { commandText } from '../output/server-text.ts'
import { tableLines } from '../output/table.ts'
import { readUsage } from '../output/usage-text.ts'
import { runCommand } from '../run-command.ts'

/** Adds `list`. */
export function addListCommand(program: Command): void {
  program
    .command('list')
    .summary('show all servers')
    .description('Shows all servers, what they run, and whether they are switched on.')
    .addHelpText('after', '\nExamples:\n  mcp-manager list\n  mcp-manager list --json')
    .action((_options: unknown, command: Command) =>
      runCommand(command.optsWithGlobals<GlobalOptions>(), async (options) => {
        const context = await createContext(options)
        const { terminal } = context
        await withHost(context, async ({ client, host }) => {
          const [servers, usage] = await Promise.all([client.servers.list(), readUsage(client)])
          const now = Date.now()
          const rows = servers.map((server) => [
            qualifiedName(server.definition),
            server.definition.enabled ? 'on' : 'off',
            host === null ? 'Not running' : stateWords(server, now),
            server.definition.transport.type,
            commandText(server.definition.transport),
          ])
          for (const line of tableLines(['NAME', 'SWITCH', 'STATE', 'TYPE', 'RUNS'], rows)) {
            terminal.line(line)
          }
          if (servers.length === 0) {
            terminal.line(
              'There are no servers yet. Take over those of your clients with: mcp-manager import',
            )
          }
          terminal.value({
            host: host === null ? null : { pid: host.pid },
            servers: servers.map((server) => measuredJson(server, usage)),
          })
        })
        return exitCode.done
      }),
    )
}
