import type { JsonObject } from '../../../shared/lib/json.ts'
import { commandText, type QuoteStyle } from '../../ui/shell-quote.ts'
import type { OfferRef } from './offer.ts'
import { expandTemplate } from './uri-template.ts'

/** A call as it is typed in a terminal (docs/cli.md, "call"). Pure. */
export function callCommand(
  server: string,
  tool: string,
  args: JsonObject,
  style: QuoteStyle,
): string {
  // Neither name is ours: one that begins with a dash would be read as an option.
  const end = server.startsWith('-') || tool.startsWith('-') ? ['--'] : []
  return commandText('mcp-manager', ['call', ...end, server, tool, JSON.stringify(args)], style)
}

/** The request as the protocol carries it, for a report or a test. Pure. */
export function requestOf({ kind, name }: OfferRef, args: JsonObject): JsonObject {
  switch (kind) {
    case 'tool':
      return { method: 'tools/call', params: { name, arguments: args } }
    case 'prompt':
      return { method: 'prompts/get', params: { name, arguments: textArgs(args) } }
    case 'resource':
      return { method: 'resources/read', params: { uri: name } }
    case 'template':
      return { method: 'resources/read', params: { uri: expandTemplate(name, textArgs(args)) } }
  }
}

/** Prompts and templates take texts only; what was typed as JSON becomes its text. Pure. */
export function textArgs(args: JsonObject): Record<string, string> {
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  )
}
