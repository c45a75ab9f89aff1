import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import type { ImportedServer, ImportReport } from '../../shared/contract/clients.ts'
import type { ImportProblem } from '../../shared/domain/import.ts'
import { type ClientFormat, clientFormats } from '../../shared/domain/server-definition.ts'
import { startBackgroundHost } from '../background-host.ts'
import { createContext, type GlobalOptions, prepareVault, withHost } from '../command-context.ts'
import { type ExitCode, exitCode } from '../exit-code.ts'
import { commandLine } from '../output/server-text.ts'
import { printable, type Terminal } from '../output/terminal.ts'
import { runCommand } from '../run-command.ts'

interface Options extends GlobalOptions {
  readonly as?: ClientFormat
  readonly dryRun?: boolean
  readonly start?: boolean
}

/** Adds `import`. */
export function addImportCommand(program: Command): void {
  program
    .command('import')
    .summary("take over the servers of your clients' files")
    .description(
      "Reads the given files, or all files of known clients on this machine, and takes their servers over, switched off. Never writes to a client's file, and runs nothing without --start. Literal secrets go to the vault. A second import shows what is new, changed and gone.",
    )
    .argument('[files...]', 'files of MCP clients; none: those found on this machine')
    .addOption(
      new Option(
        '--as <client>',
        'which client the files are of; without it that is told from name and content',
      ).choices(clientFormats),
    )
    .option('--dry-run', 'show what would be taken over and change nothing')
    .option('--start', 'switch the servers on and start them')
    .addHelpText(
      'after',
      '\nExamples:\n  mcp-manager import --dry-run\n  mcp-manager import ~/.claude.json --start\n  mcp-manager import ./mcp.json --as cursor --json',
    )
    .action((files: string[], _options: unknown, command: Command) =>
      runCommand(command, (options: Options) => importFiles(files, options)),
    )
}

async function importFiles(files: readonly string[], options: Options): Promise<ExitCode> {
  const context = await createContext(options)
  const { terminal } = context
  const { report, isLive } = await withHost(context, async ({ client, host }) => {
    const request = {
      files: files.map((file) => ({ file: resolve(file), format: options.as ?? null })),
      start: options.start === true,
    }
    // Nobody is asked for a passphrase before it is known that there is a secret to keep.
    const preview = await client.clients.import({ ...request, dryRun: true })
    if (options.dryRun === true) return { report: preview, isLive: host !== null }
    if (preview.secretsLeftOut) await prepareVault(context, client)
    return {
      report: await client.clients.import({ ...request, dryRun: false }),
      isLive: host !== null,
    }
  })
  printReport(report, options, terminal)
  if (options.start === true && options.dryRun !== true && !isLive && report.servers.length > 0) {
    const record = await startBackgroundHost(context, null)
    terminal.note(
      `Started MCP Manager in the background (process ${record.pid}). Look with: mcp-manager status`,
    )
  }
  terminal.value(report)
  if (report.secretsLeftOut) return exitCode.secretsLeftOut
  return report.servers.length === 0 && report.problems.length > 0 ? exitCode.failed : exitCode.done
}

function printReport(report: ImportReport, options: Options, terminal: Terminal): void {
  for (const server of report.servers) printServer(server, terminal)
  for (const server of report.gone) {
    terminal.line(`${printable(server.name)} (gone from its file; kept here)`)
  }
  if (report.problems.length > 0) {
    terminal.line()
    for (const problem of report.problems) terminal.line(printable(problemText(problem)))
  }
  terminal.line()
  const count = (change: ImportedServer['change']) =>
    report.servers.filter((server) => server.change === change).length
  const what = options.dryRun === true ? 'Would take over' : 'Took over'
  terminal.line(
    `${what} ${report.servers.length} servers from ${report.files.length} files: ${count('new')} new, ${count('changed')} changed, ${count('unchanged')} unchanged, ${report.gone.length} gone.`,
  )
  if (options.dryRun !== true && options.start !== true && count('new') > 0) {
    terminal.line('They are switched off. Switch them on with: mcp-manager enable NAME, or --all')
  }
}

function printServer(server: ImportedServer, terminal: Terminal): void {
  const place = server.project === null ? '' : ` ${server.project}`
  terminal.line(printable(`${server.name} (${server.change}, ${server.scope}${place})`))
  const runs =
    server.command === null ? (server.url ?? '') : commandLine(server.command, server.args)
  terminal.line(printable(`  ${server.transport}: ${runs}`))
  if (server.envKeys.length > 0)
    terminal.line(`  environment: ${printable(server.envKeys.join(', '))}`)
  if (server.headerKeys.length > 0)
    terminal.line(`  headers: ${printable(server.headerKeys.join(', '))}`)
  if (server.cwd !== null) terminal.line(`  directory: ${printable(server.cwd)}`)
  if (server.secrets.length > 0) terminal.line(`  to the vault: ${server.secrets.join(', ')}`)
  for (const { client, file } of server.sources)
    terminal.line(`  from ${client} ${printable(file)}`)
  if (server.disabled) terminal.line('  switched off in its client')
}

function problemText({ file, line, column, message }: ImportProblem): string {
  const place = [file, line, column].filter((part) => part !== null).join(':')
  return place === '' ? message : `${place}: ${message}`
}
