import type { Command } from 'commander'
import { appVersion } from '../../shared/app-version.ts'
import type { GlobalOptions } from '../command-context.ts'
import { exitCode } from '../exit-code.ts'
import { createTerminal } from '../output/terminal.ts'
import { runCommand } from '../run-command.ts'

/** Adds `version`. */
export function addVersionCommand(program: Command): void {
  program
    .command('version')
    .summary('show the version')
    .description('Shows the version of MCP Manager, of Node, and the system.')
    .addHelpText('after', '\nExamples:\n  mcp-manager version --json')
    .action((_options: unknown, command: Command) =>
      runCommand(command.optsWithGlobals<GlobalOptions>(), async (options) => {
        const terminal = createTerminal(options.json === true)
        const platform = `${process.platform} ${process.arch}`
        terminal.line(`MCP Manager ${appVersion}`)
        terminal.line(`Node ${process.version}, ${platform}`)
        terminal.value({ version: appVersion, node: process.version, platform })
        return exitCode.done
      }),
    )
}
