import { type Command, InvalidArgumentError } from 'commander'
import { readStream } from '../../shared/contract/read-stream.ts'
import { type LogLine, type LogSource, logSourceSchema } from '../../shared/domain/log-line.ts'
import {
  connectLive,
  createContext,
  findServer,
  type GlobalOptions,
  withHost,
} from '../command-context.ts'
import { type ExitCode, exitCode } from '../exit-code.ts'
import type { Terminal } from '../output/terminal.ts'
import { lineCount, moment } from '../parse-option.ts'
import { runCommand } from '../run-command.ts'

interface Options extends GlobalOptions {
  readonly follow?: boolean
  readonly since?: number
  readonly grep?: string
  readonly lines?: number
  readonly source?: readonly LogSource[]
}

/** How many lines are shown where neither `--lines` nor `--since` says, and at most. */
const defaultLines = 1_000
const maxLines = 100_000

/** How much of a protocol message is shown, in characters. */
const shownMessage = 200

const spokenSources: LogSource[] = ['stderr', 'stdout', 'lifecycle']

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
      (kind: string, before: readonly LogSource[] | undefined): LogSource[] => {
        const source = logSourceSchema.safeParse(kind)
        if (!source.success) {
          throw new InvalidArgumentError(
            `It has to be one of: ${logSourceSchema.options.join(', ')}.`,
          )
        }
        return [...(before ?? []), source.data]
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
  // A person first wants to know what the server said: the messages are many. A program, or one who searches, wants all.
  const usual = terminal.json || options.grep !== undefined ? null : spokenSources
  const filter = {
    sources: options.source === undefined ? usual : [...options.source],
    levels: null,
    sinceAt: options.since ?? null,
    text:
      options.grep === undefined ? null : { pattern: options.grep, regex: true, matchCase: false },
    limit: options.lines ?? (options.since === undefined ? defaultLines : maxLines),
  }
  const live = options.follow === true ? await connectLive(context) : null
  if (live !== null) {
    try {
      const server = findServer(await live.client.servers.list(), name)
      const stream = live.client.logs.follow({ serverIds: [server.definition.id], ...filter })
      for await (const { items, dropped } of readStream(stream, live.client.streams.ack)) {
        if (dropped > 0) terminal.note(`${dropped} lines came faster than they could be shown.`)
        for (const line of items) printLine(line, terminal)
      }
      return exitCode.done
    } finally {
      await live.close()
    }
  }
  await withHost(context, async ({ client, host }) => {
    const server = findServer(await client.servers.list(), name)
    const lines = await client.logs.query({
      serverIds: [server.definition.id],
      ...filter,
      untilAt: null,
      before: null,
    })
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
