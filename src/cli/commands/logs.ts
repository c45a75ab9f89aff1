import { type Command, InvalidArgumentError } from 'commander'
import { readStream } from '../../shared/contract/read-stream.ts'
import type { LogLine } from '../../shared/domain/log-line.ts'
import {
  connectLive,
  createContext,
  findServer,
  type GlobalOptions,
  withHost,
} from '../command-context.ts'
import { type ExitCode, exitCode } from '../exit-code.ts'
import type { Terminal } from '../output/terminal.ts'
import { collect, lineCount, moment } from '../parse-option.ts'
import { runCommand } from '../run-command.ts'

interface Options extends GlobalOptions {
  readonly follow?: boolean
  readonly since?: number
  readonly grep?: string
  readonly lines?: number
  readonly source?: readonly string[]
}

/** How many lines are shown where neither `--lines` nor `--since` says, and at most. */
const defaultLines = 1_000
const maxLines = 100_000

/** How much of a protocol message is shown, in characters. */
const shownMessage = 200

const spokenSources = ['stderr', 'stdout', 'lifecycle']
const sources = [...spokenSources, 'protocol']

/** Adds `logs`. */
export function addLogsCommand(program: Command): void {
  program
    .command('logs')
    .summary('read the log of a server')
    .description(
      'Shows what a server printed and what was done with it, oldest first; the MCP messages too with --source protocol or --grep. Under --json all of it, each line one JSON object.',
    )
    .argument('<name>', 'name, name@project, or id')
    .option('-f, --follow', 'go on with new lines until Ctrl-C')
    .option('--since <age>', 'lines not older than: 90s, 10m, 2h, 3d, or a date', (text) =>
      moment(text, Date.now()),
    )
    .option('--grep <pattern>', 'only lines that match this regular expression; case is ignored')
    .option(
      '-n, --lines <count>',
      `the newest so many lines (default: ${defaultLines}; with --since all)`,
      lineCount,
    )
    .option(
      '--source <kind>',
      'only stderr, stdout, lifecycle or protocol; may be given several times (default: all but protocol; with --grep or --json all)',
      (kind: string, before: readonly string[] | undefined) => {
        if (!sources.includes(kind)) {
          throw new InvalidArgumentError(`It has to be one of: ${sources.join(', ')}.`)
        }
        return collect(kind, before)
      },
    )
    .addHelpText(
      'after',
      '\nExamples:\n  mcp-manager logs github --since 10m\n  mcp-manager logs github --follow --grep error\n  mcp-manager logs github --source stderr -n 50',
    )
    .action((name: string, _options: unknown, command: Command) =>
      runCommand(command.optsWithGlobals<Options>(), (options) => showLog(name, options)),
    )
}

async function showLog(name: string, options: Options): Promise<ExitCode> {
  const context = await createContext(options)
  const { terminal } = context
  const query = {
    sinceAt: options.since ?? null,
    grep: options.grep ?? null,
    limit: options.lines ?? (options.since === undefined ? defaultLines : maxLines),
  }
  // A person first wants to know what the server said: the messages are many. A program, or one who searches, wants all.
  const wanted =
    options.source ?? (terminal.json || options.grep !== undefined ? sources : spokenSources)
  const isWanted = (line: LogLine) => wanted.includes(line.source)
  const live = options.follow === true ? await connectLive(context) : null
  if (live !== null) {
    try {
      const server = findServer(await live.client.servers.list(), name)
      const stream = live.client.logs.follow({ serverId: server.definition.id, ...query })
      for await (const { items, dropped } of readStream(stream, live.client.streams.ack)) {
        if (dropped > 0) terminal.note(`${dropped} lines came faster than they could be shown.`)
        for (const line of items.filter(isWanted)) printLine(line, terminal)
      }
      return exitCode.done
    } finally {
      await live.close()
    }
  }
  await withHost(context, async ({ client, host }) => {
    const server = findServer(await client.servers.list(), name)
    // The host does not choose by source, so the newest so many of a source are found among all.
    const limit = wanted === sources ? query.limit : maxLines
    const found = await client.logs.query({ serverId: server.definition.id, ...query, limit })
    const lines = found.filter(isWanted).slice(-query.limit)
    for (const line of lines) printLine(line, terminal)
    if (lines.length === 0) terminal.note('There are no such lines.')
    if (options.follow === true && host === null) {
      terminal.note('MCP Manager is not running, so no more lines will come.')
    }
  })
  return exitCode.done
}

function printLine(line: LogLine, terminal: Terminal): void {
  terminal.value(line)
  const time = new Date(line.at).toISOString().replace('T', ' ').replace('Z', '')
  const mark =
    line.protocol === null ? line.source : line.protocol.direction === 'sent' ? '->' : '<-'
  const duration =
    line.protocol?.durationMs === null || line.protocol === null
      ? ''
      : ` (${line.protocol.durationMs} ms)`
  const text = line.protocol === null ? line.text : messageText(line.text, line.protocol)
  terminal.line(`${time} ${line.level.padEnd(5)} ${mark.padEnd(9)} ${text}${duration}`)
}

/** Messages can be pages long; a person at a terminal sees how they begin, and `--json` has the whole. */
function messageText(text: string, { method, bytes }: NonNullable<LogLine['protocol']>): string {
  const name = method === null ? '' : `${method} `
  return text.length <= shownMessage
    ? name + text
    : `${name}${text.slice(0, shownMessage)}... (${bytes} bytes)`
}
