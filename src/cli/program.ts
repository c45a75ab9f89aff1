import { Command, Help } from 'commander'
import { appVersion } from '../shared/app-version.ts'
import { addAccountCommands } from './commands/accounts.ts'
import { addActionsCommand } from './commands/actions.ts'
import { addCallCommand } from './commands/call.ts'
import { addStateCommands } from './commands/change-state.ts'
import { addDownCommand } from './commands/down.ts'
import { addEditCommands } from './commands/edit-servers.ts'
import { addImportCommand } from './commands/import.ts'
import { addListCommand } from './commands/list.ts'
import { addLoginCommand } from './commands/login.ts'
import { addLogsCommand } from './commands/logs.ts'
import { addPsCommand } from './commands/ps.ts'
import { addReapCommand } from './commands/reap.ts'
import { addRemoveCommand } from './commands/remove.ts'
import { addSecretsCommand } from './commands/secrets.ts'
import { addServeCommand } from './commands/serve.ts'
import { addStatusCommand } from './commands/status.ts'
import { addToolsCommand } from './commands/tools.ts'
import { addVersionCommand } from './commands/version.ts'

/** Builds the command line. It throws a `CommanderError` instead of ending the process. */
export function createProgram(): Command {
  const program = new Command('mcp-manager')
    .description('Owns the MCP servers of this machine: imports, runs and watches them.')
    .version(appVersion, '-V, --version')
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError('Add --help to see what can be given.')
    .configureHelp({ showGlobalOptions: true, visibleGlobalOptions: onceEach })
  addImportCommand(program)
  addListCommand(program)
  addStatusCommand(program)
  addStateCommands(program)
  addLogsCommand(program)
  addActionsCommand(program)
  addToolsCommand(program)
  addCallCommand(program)
  addEditCommands(program)
  addRemoveCommand(program)
  addPsCommand(program)
  addReapCommand(program)
  addLoginCommand(program)
  addAccountCommands(program)
  addSecretsCommand(program)
  addServeCommand(program)
  addDownCommand(program)
  addVersionCommand(program)
  // On every verb, so that it may stand before or after it.
  for (const command of [program, ...program.commands]) {
    command.option('--json', 'answer with one JSON value on stdout')
  }
  program.addHelpText(
    'after',
    `
Examples:
  mcp-manager import --dry-run
  mcp-manager import && mcp-manager serve --detach && mcp-manager enable --all
  mcp-manager status
  mcp-manager call memory read_graph

Exit codes:
  0  done
  1  it failed: a server did not start, a tool reported an error
  2  wrong usage, or input that cannot be used
  3  the servers were imported, their secrets were left out
  5  the servers did not settle in the time given
  130  ended by Ctrl-C

MCP_MANAGER_HOME moves all data. MCP_MANAGER_VAULT_KEY (16 characters or more) keeps secrets in an encrypted file.`,
  )
  return program
}

/** The options of the commands above, without those that stand in the help already. */
function onceEach(this: Help, command: Command): ReturnType<Help['visibleGlobalOptions']> {
  const shown = new Set(command.options.map(({ long }) => long))
  return Help.prototype.visibleGlobalOptions.call(this, command).filter(({ long }) => {
    const isNew = !shown.has(long)
    shown.add(long)
    return isNew
  })
}
