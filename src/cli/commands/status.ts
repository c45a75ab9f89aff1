import type { Command } from 'commander'
import type { HostInfo } from '../../shared/contract/host.ts'
import { errorSentence } from '../../shared/domain/describe-error.ts'
import { qualifiedName } from '../../shared/domain/server-name.ts'
import type { ServerView } from '../../shared/domain/server-view.ts'
import {
  type CommandContext,
  connectLive,
  createContext,
  findServer,
  type GlobalOptions,
} from '../command-context.ts'
import { type ExitCode, exitCode } from '../exit-code.ts'
import { measuredJson } from '../output/server-json.ts'
import { durationText, failureLines, serverDetails, serverRow } from '../output/server-text.ts'
import { tableLines } from '../output/table.ts'
import { readUsage } from '../output/usage-text.ts'
import { runCommand } from '../run-command.ts'

/** Adds `status`. */
export function addStatusCommand(program: Command): void {
  program
    .command('status')
    .summary('show what runs, what failed, and why')
    .description(
      'Shows the host and each server: state, time running, restarts. With names: all that is known of them, with the last error and what the server printed before it.',
    )
    .argument('[names...]', 'name, name@project, or id')
    .addHelpText(
      'after',
      '\nExamples:\n  mcp-manager status\n  mcp-manager status github\n  mcp-manager status --json',
    )
    .action((names: string[], _options: unknown, command: Command) =>
      runCommand(command.optsWithGlobals<GlobalOptions>(), async (options) =>
        showStatus(names, await createContext(options)),
      ),
    )
}

async function showStatus(names: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { terminal } = context
  const live = await connectLive(context)
  if (live === null || live.host === null) {
    terminal.line('MCP Manager is not running. Start it with: mcp-manager serve')
    terminal.value({ running: false, dataDir: context.host.paths.root })
    return exitCode.done
  }
  try {
    const [info, servers, usage] = await Promise.all([
      live.client.host.info(),
      live.client.servers.list(),
      readUsage(live.client),
    ])
    const now = Date.now()
    const chosen = names.length === 0 ? servers : names.map((name) => findServer(servers, name))
    terminal.value({
      running: true,
      ...info,
      uptimeMs: Math.max(0, now - info.startedAt),
      counts: countPhases(servers),
      servers: chosen.map((server) => measuredJson(server, usage)),
    })
    if (names.length > 0) {
      for (const server of chosen)
        for (const line of serverDetails(server, now, usage.get(server.definition.id)))
          terminal.line(line)
      return exitCode.done
    }
    terminal.line(
      `MCP Manager ${info.version}, process ${info.pid}, at ${live.host.endpoint}, up for ${durationText(now - info.startedAt)}`,
    )
    terminal.line(`Data: ${info.dataDir}`)
    terminal.line(`Vault: ${vaultText(info.vault)}`)
    terminal.line(`Servers: ${countText(servers)}`)
    for (const notice of info.notices) {
      terminal.line(`Notice: ${errorSentence(notice.code, notice.data)}`)
    }
    terminal.line()
    const rows = chosen.map((server) => serverRow(server, now, usage.get(server.definition.id)))
    for (const line of tableLines(
      ['NAME', 'SWITCH', 'STATE', 'FOR', 'CPU', 'MEMORY', 'OFFERS', ''],
      rows,
    )) {
      terminal.line(line)
    }
    const failed = chosen.filter(
      ({ state }) => state.phase === 'failed' || state.phase === 'backoff',
    )
    for (const server of failed) {
      terminal.line()
      terminal.line(`${qualifiedName(server.definition)}:`)
      for (const line of failureLines(server)) terminal.line(`  ${line}`)
    }
    if (rows.length === 0) {
      terminal.line(
        'There are no servers yet. Take over those of your clients with: mcp-manager import',
      )
    }
    return exitCode.done
  } finally {
    await live.close()
  }
}

/** How many servers are in each phase; phases without any are left out. */
function countPhases(servers: readonly ServerView[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = { total: servers.length }
  for (const { state } of servers) counts[state.phase] = (counts[state.phase] ?? 0) + 1
  return counts
}

function countText(servers: readonly ServerView[]): string {
  return Object.entries(countPhases(servers))
    .map(([phase, count]) => `${count} ${phaseWords[phase] ?? phase}`)
    .join(', ')
}

const phaseWords: Readonly<Record<string, string>> = {
  total: 'in all',
  backoff: 'waiting for a retry',
}

function vaultText(vault: HostInfo['vault']): string {
  const kind =
    vault.kind === 'keychain'
      ? 'system keychain'
      : vault.kind === 'file'
        ? 'encrypted file'
        : 'none'
  if (vault.problem === null) return kind
  const why = errorSentence(vault.problem.code, vault.problem.data)
  return `${kind}, ${vault.state}. ${why}`
}
