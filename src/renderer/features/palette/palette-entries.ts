import type { Tool } from '../../../shared/domain/inventory.ts'
import type { ServerView } from '../../../shared/domain/server-view.ts'
import type { Command } from '../../app/commands.ts'
import { lookOf } from '../servers/server-look.ts'
import { type Match, rankMatches } from './rank-matches.ts'

/** A tool with the server that offers it. */
export interface OfferedTool {
  readonly server: ServerView
  readonly tool: Tool
}

/** What the palette finds, in groups; a group without matches is empty. */
export interface PaletteResults {
  readonly servers: readonly Match<ServerView>[]
  /** Whose commands are offered as well: the one server that is meant. */
  readonly server: ServerView | null
  readonly tools: readonly Match<OfferedTool>[]
  readonly commands: readonly Match<Command>[]
  /** The text to look for in the logs; null: none. */
  readonly logText: string | null
}

/** What a query is limited to by its first character. */
export type PaletteScope = 'all' | 'commands' | 'servers' | 'tools'

const scopeOfPrefix: Readonly<Record<string, PaletteScope>> = {
  '>': 'commands',
  '@': 'servers',
  '#': 'tools',
}

/** Splits what was typed into its scope and its text. Pure. */
export function readQuery(typed: string): { readonly scope: PaletteScope; readonly text: string } {
  const scope = scopeOfPrefix[typed.slice(0, 1)]
  return scope === undefined
    ? { scope: 'all', text: typed.trim() }
    : { scope, text: typed.slice(1).trim() }
}

/** Finds what the palette shows. With nothing typed: the first servers, those that need attention before all others, and the commands. Pure. */
export function findEntries(input: {
  readonly typed: string
  readonly servers: readonly ServerView[]
  readonly tools: readonly OfferedTool[]
  readonly commands: readonly Command[]
}): PaletteResults {
  const { scope, text } = readQuery(input.typed)
  const wants = (one: PaletteScope): boolean => scope === 'all' || scope === one
  const isEmpty = scope === 'all' && text === ''
  const candidates = isEmpty
    ? input.servers.toSorted((a, b) => Number(isBroken(b)) - Number(isBroken(a)))
    : input.servers
  const most = isEmpty ? 8 : scope === 'all' ? 6 : 50
  const servers = wants('servers')
    ? rankMatches(candidates, (server) => server.definition.name, text, most)
    : []
  const first = servers[0]?.item ?? null
  return {
    servers,
    server: scope === 'all' && text !== '' ? first : null,
    tools:
      wants('tools') && (text !== '' || scope === 'tools')
        ? rankMatches(
            input.tools,
            ({ tool, server }) => `${tool.name} ${server.definition.name}`,
            text,
            scope === 'all' ? 6 : 100,
          )
        : [],
    commands: wants('commands')
      ? rankMatches(
          input.commands.filter((command) => command.inPalette),
          (command) => command.title,
          text,
          scope === 'all' ? 8 : 100,
        )
      : [],
    logText: scope === 'all' && text !== '' ? text : null,
  }
}

function isBroken(server: ServerView): boolean {
  return lookOf(server, 0).needsAttention
}
