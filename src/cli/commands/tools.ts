import type { Command } from 'commander'
import type { Inventory, Tool } from '../../shared/domain/inventory.ts'
import type { ServerView } from '../../shared/domain/server-view.ts'
import { createContext, type GlobalOptions } from '../command-context.ts'
import { type ExitCode, exitCode } from '../exit-code.ts'
import { offerText } from '../output/server-text.ts'
import type { Terminal } from '../output/terminal.ts'
import { runCommand } from '../run-command.ts'
import { withRunningServers } from '../run-server.ts'

/** Adds `tools`. */
export function addToolsCommand(program: Command): void {
  program
    .command('tools')
    .summary('show what servers offer')
    .description(
      'Shows the tools of one server, or of all that run, and how many prompts and resources they have. Where MCP Manager does not run, the servers run for this one command. Under --json: everything, with schemas.',
    )
    .argument('[name]', 'name, name@project, or id')
    .addHelpText('after', '\nExamples:\n  mcp-manager tools\n  mcp-manager tools github --json')
    .action((name: string | undefined, _options: unknown, command: Command) =>
      runCommand(command.optsWithGlobals<GlobalOptions>(), (options) => showTools(name, options)),
    )
}

async function showTools(name: string | undefined, options: GlobalOptions): Promise<ExitCode> {
  const context = await createContext(options)
  const { terminal } = context
  const names = name === undefined ? null : [name]
  const { inventories, failed, leftOut } = await withRunningServers(
    context,
    names,
    async ({ client }, servers, notRunning) => {
      const serverId = name === undefined ? null : (servers[0]?.definition.id ?? null)
      const offered = await client.tools.inventory({ serverId })
      const isLeftOut = ({ definition, state }: ServerView) =>
        state.phase === 'stopped' &&
        state.reason === 'idle' &&
        offered.every((one) => one.serverId !== definition.id)
      return { inventories: offered, failed: notRunning, leftOut: servers.filter(isLeftOut) }
    },
  )
  for (const inventory of inventories) printInventory(inventory, terminal)
  for (const { definition } of leftOut) {
    const { name: left } = definition
    terminal.note(`${left} starts at its use and was not listed yet: mcp-manager tools ${left}`)
  }
  if (inventories.length === 0 && failed.length === 0 && leftOut.length === 0) {
    terminal.note('No server runs. Name one, or start one with: mcp-manager start NAME')
  }
  terminal.value({ servers: inventories })
  return failed.length > 0 ? exitCode.failed : exitCode.done
}

function printInventory(inventory: Inventory, terminal: Terminal): void {
  const { tools, prompts, resources, resourceTemplates } = inventory
  terminal.line(
    `${inventory.serverName}: ${offerText({
      tools: tools.length,
      prompts: prompts.length,
      resources: resources.length,
      resourceTemplates: resourceTemplates.length,
    })}`,
  )
  for (const tool of tools) terminal.line(`  ${toolLine(tool)}`)
}

function toolLine(tool: Tool): string {
  const { properties, required } = tool.inputSchema
  const needed = Array.isArray(required) ? required.map(String) : []
  const names = typeof properties === 'object' && properties !== null ? Object.keys(properties) : []
  const args = names.map((name) => (needed.includes(name) ? name : `[${name}]`)).join(' ')
  const text = (tool.description ?? tool.title ?? '').trim().split('\n')[0] ?? ''
  return [`${tool.name} ${args}`.trim(), text].filter((part) => part !== '').join(' - ')
}
