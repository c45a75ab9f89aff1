import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import type { GoneServer, ImportedServer, ImportReport } from '../../shared/contract/clients.ts'
import type { HostClient } from '../../shared/contract/contract.ts'
import type { ImportProblem } from '../../shared/domain/import.ts'
import { type ClientFormat, clientFormats } from '../../shared/domain/server-definition.ts'
import { qualifiedName } from '../../shared/domain/server-name.ts'
import { stateWords } from '../../shared/domain/state-words.ts'
import { startBackgroundHostAndSay } from '../background-host.ts'
import { createContext, type GlobalOptions, withHost } from '../command-context.ts'
import { type ExitCode, exitCode } from '../exit-code.ts'
import { importSound, type LeftServer, type SoundImport } from '../import-sound.ts'
import { commandLine, counted, failureLines } from '../output/server-text.ts'
import { printable, type Terminal } from '../output/terminal.ts'
import { runCommand } from '../run-command.ts'
import { waitUntilSettled } from '../settle.ts'
import { openVaultByPassphrase } from '../vault-access.ts'

/** How long `--start` waits for the servers at most, in milliseconds. */
const startMs = 60_000

interface Options extends GlobalOptions {
  readonly as?: ClientFormat
  readonly damaged?: boolean
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
    .option(
      '--damaged',
      'take over also what stands in files with broken syntax alone; it may lack something',
    )
    .option('--dry-run', 'show what would be taken over and change nothing')
    .option(
      '--start',
      'switch on what is new and not switched off in its client, and wait until it is settled',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  mcp-manager import --dry-run\n  mcp-manager import ~/.claude.json --start\n  mcp-manager import ./mcp.json --as cursor --json',
    )
    .action((files: string[], _options: unknown, command: Command) =>
      runCommand(command.optsWithGlobals<Options>(), (options) => importFiles(files, options)),
    )
}

async function importFiles(files: readonly string[], options: Options): Promise<ExitCode> {
  const context = await createContext(options)
  const { terminal } = context
  const request = {
    files: files.map((file) => ({ file: resolve(file), format: options.as ?? null, text: null })),
    start: options.start === true,
    leaveOut: [],
  }
  const run = async (client: HostClient, dryRun: boolean): Promise<SoundImport> =>
    options.damaged === true
      ? {
          report: await client.clients.import({ ...request, dryRun, only: null }),
          left: [],
        }
      : await importSound(client, { ...request, dryRun })
  const preview = await withHost(context, async ({ client, host }) => ({
    ...(await run(client, true)),
    isLive: host !== null,
  }))
  let done: SoundImport = preview
  let hasFailed = false
  if (options.dryRun !== true) {
    // Servers that are to run need a host that stays; one that would have nothing to run is not started.
    if (request.start && !preview.isLive && preview.report.servers.length > 0) {
      await startBackgroundHostAndSay(context)
    }
    await withHost(context, async ({ client }) => {
      // Nobody is asked for a passphrase before it is known that there is a secret to keep.
      if (preview.report.secretsLeftOut) await openVaultByPassphrase(context, client)
      done = await run(client, false)
      if (request.start) hasFailed = await waitForImported(done.report, client, terminal)
    })
  }
  const { report, left } = done
  printReport(report, options, terminal)
  printLeft(left, options, terminal)
  terminal.value({ ...jsonOf(report), left })
  // A dry run stores nothing, so it leaves nothing out; its report says what would be.
  if (report.secretsLeftOut && options.dryRun !== true) return exitCode.secretsLeftOut
  const isUnread = request.files.some(
    ({ file }) => !report.files.some((read) => read.file === file),
  )
  const isPartial = options.dryRun !== true && left.length + report.notAsShown.length > 0
  return hasFailed || isUnread || isPartial ? exitCode.failed : exitCode.done
}

/** The report as `--json` prints it: secrets by their names, and without what is of use to a live page only. */
function jsonOf(report: ImportReport): object {
  const { notAsShown: _none, ...rest } = report
  return {
    ...rest,
    servers: report.servers.map(({ digest: _digest, ...server }) => withSecretNames(server)),
    gone: report.gone.map(withSecretNames),
  }
}

function withSecretNames(server: GoneServer): object {
  return { ...server, secrets: server.secrets.map((secret) => secret.name) }
}

/** Waits until the imported servers are settled and says on stderr what became of each. Answers whether one does not run. */
async function waitForImported(
  report: ImportReport,
  client: HostClient,
  terminal: Terminal,
): Promise<boolean> {
  const started = (await client.servers.list()).filter(
    ({ definition }) =>
      definition.enabled &&
      report.servers.some(
        ({ name, scope, project }) =>
          name === definition.name && scope === definition.scope && project === definition.project,
      ),
  )
  const ids = started.map((server) => server.definition.id)
  const { servers } = await waitUntilSettled(client, ids, startMs, terminal)
  const now = Date.now()
  for (const server of servers) {
    terminal.note(printable(`${qualifiedName(server.definition)}: ${stateWords(server, now)}`))
    for (const line of failureLines(server)) terminal.note(`  ${line}`)
  }
  return servers.some((server) => server.state.phase !== 'running')
}

function printReport(report: ImportReport, options: Options, terminal: Terminal): void {
  for (const server of report.servers) {
    // What is as it was needs no second look.
    if (server.change !== 'unchanged' || options.dryRun === true) printServer(server, terminal)
  }
  for (const { name } of report.notAsShown) {
    terminal.line(`${printable(name)} (changed while it was read; not taken over: import it again)`)
  }
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
  const end = options.dryRun === true ? ' Nothing was stored.' : ''
  terminal.line(
    `${counted(report.servers.length, 'server')} in ${counted(report.files.length, 'file')}: ${count('new')} new, ${count('changed')} changed, ${count('unchanged')} unchanged, ${report.gone.length} gone.${end}`,
  )
  if (options.dryRun !== true && options.start !== true && count('new') > 0) {
    terminal.line('They are switched off. Switch them on with: mcp-manager enable NAME, or --all')
  }
}

/** Names what was not taken over and what to do about it. */
function printLeft(left: readonly LeftServer[], options: Options, terminal: Terminal): void {
  if (left.length === 0) return
  terminal.line()
  const would = options.dryRun === true ? 'Would be left out' : 'Left out'
  terminal.line(`${would}, since the file is damaged and what was read of it may lack something:`)
  for (const { file, line, column, ...server } of left) {
    terminal.line(printable(`  ${qualifiedName(server)}: ${placeText(file, line, column)}`))
  }
  terminal.line('Mend the file and import it again. To take them over all the same, add --damaged.')
}

function printServer(server: ImportedServer, terminal: Terminal): void {
  const place = server.project === null ? '' : ` ${server.project}`
  terminal.line(printable(`${server.name} (${server.change}, ${server.scope}${place})`))
  const runs =
    server.command === null ? (server.url ?? '') : commandLine(server.command, server.args)
  terminal.line(printable(`  ${server.transport}: ${runs}`))
  const line = (name: string, value: string) => terminal.line(printable(`  ${name}: ${value}`))
  for (const name of server.envKeys) line('environment', pairText(name, server.env))
  if (server.envFile !== null) line('environment from', server.envFile)
  for (const name of server.headerKeys) line('header', pairText(name, server.headers))
  if (server.headersHelper !== null) line('headers from command', server.headersHelper)
  for (const input of server.inputs) line(`input ${input.id}`, input.default ?? '(no value)')
  if (server.cwd !== null) line('directory', server.cwd)
  if (server.secrets.length > 0) {
    line('to the vault', server.secrets.map((secret) => secret.name).join(', '))
  }
  for (const { client, file } of server.sources)
    terminal.line(`  from ${client} ${printable(file)}`)
  if (server.disabled) terminal.line('  switched off in its client')
}

/** `NAME=value`, or the name alone where the file keeps no value that is used. */
function pairText(name: string, values: Readonly<Record<string, string>>): string {
  return Object.hasOwn(values, name) ? `${name}=${values[name]}` : name
}

function problemText({ file, line, column, message }: ImportProblem): string {
  const place = placeText(file, line, column)
  return place === '' ? message : `${place}: ${message}`
}

function placeText(file: string | null, line: number | null, column: number | null): string {
  return [file, line, column].filter((part) => part !== null).join(':')
}
