import { type Command, InvalidArgumentError } from 'commander'
import type { HostClient } from '../../shared/contract/contract.ts'
import { AppError } from '../../shared/domain/errors.ts'
import type { MachineServer, ReapResult } from '../../shared/domain/machine.ts'
import { askYes, canAsk } from '../ask.ts'
import {
  type CommandContext,
  createContext,
  type GlobalOptions,
  withHost,
} from '../command-context.ts'
import { type ExitCode, exitCode } from '../exit-code.ts'
import {
  doubtText,
  keepTexts,
  memoryText,
  outcomeTexts,
  targetLines,
  totalText,
} from '../output/machine-text.ts'
import { counted } from '../output/server-text.ts'
import { runCommand } from '../run-command.ts'
import { machineJson } from './ps.ts'

interface Options extends GlobalOptions {
  readonly orphans?: boolean
  readonly duplicates?: boolean
  readonly dryRun?: boolean
  readonly yes?: boolean
}

/** Adds `reap`. */
export function addReapCommand(program: Command): void {
  program
    .command('reap')
    .summary('end MCP servers that are left over on this machine')
    .description(
      'Ends the named processes with all that they started: SIGTERM, 3 s, SIGKILL. Shows the exact list first and asks. Never ends MCP Manager, its servers, or a client.',
    )
    .argument('[pids...]', 'process numbers, as ps shows them', pidsOf)
    .option('--orphans', 'those that nobody can talk to any more')
    .option('--duplicates', 'copies of a server that the same client has started again later')
    .option('--dry-run', 'show the list and end nothing')
    .option('-y, --yes', 'do not ask; a script has to say so')
    .addHelpText(
      'after',
      '\nExamples:\n  mcp-manager reap --orphans --dry-run\n  mcp-manager reap 4711 4712\n  mcp-manager reap --orphans --duplicates --yes --json',
    )
    .action((pids: readonly number[], _options: unknown, command: Command) =>
      runCommand(command.optsWithGlobals<Options>(), async (options) => {
        const context = await createContext(options)
        return await withHost(context, ({ client }) => reap(pids, options, context, client))
      }),
    )
}

function pidsOf(text: string, before: readonly number[] = []): readonly number[] {
  const pid = Number(text)
  if (!Number.isSafeInteger(pid) || pid < 1) {
    throw new InvalidArgumentError('It has to be the number of a process.')
  }
  return [...before, pid]
}

async function reap(
  pids: readonly number[],
  options: Options,
  context: CommandContext,
  client: HostClient,
): Promise<ExitCode> {
  const { terminal } = context
  const [{ servers }, { homeDir }] = await Promise.all([
    client.processes.list(),
    client.host.info(),
  ])
  const chosen = chooseTargets(servers, pids, options)
  const targets = chosen.filter((server) => server.reap !== 'never')
  const kept = chosen.filter((server) => server.reap === 'never')
  const say = terminal.line
  for (const { pid, name, keep } of kept) {
    if (keep !== null) terminal.note(`Left out ${pid} ${name}: ${keepTexts[keep]}.`)
  }
  for (const server of targets) for (const line of targetLines(server, homeDir)) say(line)
  const answer = (results: readonly ReapResult[]) =>
    terminal.value({
      dryRun: options.dryRun === true,
      targets: targets.map(machineJson),
      kept: kept.map(({ pid, name, keep }) => ({ pid, name, keep })),
      results,
    })
  if (targets.length === 0 || options.dryRun === true) {
    say(targets.length === 0 ? nothingText(options) : `${totalText(targets)}. Nothing was ended.`)
    answer([])
    return kept.length > 0 ? exitCode.failed : exitCode.done
  }
  if (options.yes !== true) {
    if (!canAsk()) {
      throw new AppError('invalid_input', { reason: 'A script ends processes only with --yes.' })
    }
    const single = targets.find((server) => server.reap === 'single')
    const doubt = single === undefined ? '' : ` ${doubtText(single)}`
    if (!(await askYes(`End ${totalText(targets)}?${doubt}`))) {
      terminal.note('Nothing was ended.')
      return exitCode.failed
    }
  }
  const results = await client.processes.reap({
    targets: targets.map(({ pid, startMark, seen }) => ({ pid, startMark, seen })),
  })
  for (const { pid, outcome } of results) {
    const name = targets.find((server) => server.pid === pid)?.name ?? ''
    say(`${pid} ${name}: ${outcomeTexts[outcome]}`)
  }
  const ended = results.reduce((sum, one) => sum + one.ended, 0)
  const bytes = results.reduce((sum, one) => sum + one.memoryBytes, 0)
  say(`${counted(ended, 'process', 'processes')} ended, ${memoryText(bytes)} freed.`)
  answer(results)
  const isDone = results.every(({ outcome }) => ['ended', 'killed', 'gone'].includes(outcome))
  return isDone && kept.length === 0 ? exitCode.done : exitCode.failed
}

/** Why nothing was found: `ps --duplicates` shows every copy, and most of them are in use. */
function nothingText({ duplicates }: Options): string {
  const copies = ' Copies that are in use end only by their numbers.'
  return `There is nothing to end.${duplicates === true ? copies : ''}`
}

/** The servers that are meant. Throws `invalid_input` where a number is none of them, or nothing is meant. */
function chooseTargets(
  servers: readonly MachineServer[],
  pids: readonly number[],
  { orphans, duplicates }: Options,
): readonly MachineServer[] {
  if (pids.length === 0 && orphans !== true && duplicates !== true) {
    throw new AppError('invalid_input', {
      reason: 'Name processes by their numbers, or give --orphans or --duplicates.',
    })
  }
  const named = pids.map((pid) => {
    const server = servers.find(({ tree }) => tree.some((one) => one.pid === pid))
    if (server === undefined) {
      throw new AppError('invalid_input', {
        reason: `Process ${pid} is not known as an MCP server. See them with: mcp-manager ps`,
      })
    }
    return server
  })
  const left = servers.filter(
    (server) =>
      server.reap === 'bulk' &&
      ((orphans === true && server.isOrphan) || (duplicates === true && server.isSurplus)),
  )
  const chosen = [...new Set([...named, ...left])]
  const single = chosen.find((server) => server.reap === 'single')
  if (single !== undefined && chosen.length > 1) {
    throw new AppError('invalid_input', {
      reason: `End process ${single.pid} by itself. ${doubtText(single)}`,
    })
  }
  return chosen
}
