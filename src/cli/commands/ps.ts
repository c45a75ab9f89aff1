import type { Command } from 'commander'
import type { MachineServer } from '../../shared/domain/machine.ts'
import { createContext, type GlobalOptions, withHost } from '../command-context.ts'
import { exitCode } from '../exit-code.ts'
import { limitTexts, machineColumns, machineRow, totalText } from '../output/machine-text.ts'
import { tableLines } from '../output/table.ts'
import { runCommand } from '../run-command.ts'

interface Options extends GlobalOptions {
  readonly orphans?: boolean
  readonly duplicates?: boolean
}

/** Adds `ps`. */
export function addPsCommand(program: Command): void {
  program
    .command('ps')
    .summary('show the MCP servers that run on this machine, whoever started them')
    .description(
      'Shows every MCP server process of this machine: of MCP Manager and of any client, whose child it is, and why it is taken for one. With both options: those that either of them means.',
    )
    .option('--orphans', 'only those that nobody can talk to any more')
    .option('--duplicates', 'only servers that run more than once')
    .addHelpText('after', '\nExamples:\n  mcp-manager ps\n  mcp-manager ps --orphans --json')
    .action((_options: unknown, command: Command) =>
      runCommand(command.optsWithGlobals<Options>(), async (options) => {
        const context = await createContext(options)
        const { terminal } = context
        await withHost(context, async ({ client }) => {
          const { at, servers, limits } = await client.processes.list()
          const shown = servers.filter((server) => isMeant(server, options))
          const lines = tableLines(
            machineColumns,
            shown.map((server) => machineRow(server, at)),
          )
          for (const line of lines) terminal.line(line)
          if (lines.length > 0) terminal.line()
          terminal.line(`${totalText(shown)}.`)
          for (const limit of limits) terminal.note(limitTexts[limit])
          terminal.value({ at, servers: shown.map(machineJson), limits })
        })
        return exitCode.done
      }),
    )
}

/** A server as `--json` shows it: without what is of use to a live page only. */
export function machineJson({ seen: _seen, ...server }: MachineServer): object {
  return server
}

function isMeant({ isOrphan, copies }: MachineServer, { orphans, duplicates }: Options): boolean {
  if (orphans !== true && duplicates !== true) return true
  return (orphans === true && isOrphan) || (duplicates === true && copies > 1)
}
