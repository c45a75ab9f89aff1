import { type ParseError, parse as parseJsonc } from 'jsonc-parser'
import { isRecord } from '../../../shared/lib/json.ts'
import { parseCommand } from './parse-command.ts'
import { type SnippetServer, serverOfEntry } from './snippet-server.ts'

/** What a pasted text says. */
export type Snippet =
  | { readonly kind: 'server'; readonly server: SnippetServer }
  /** More than a form can take: the import screen reads it. */
  | { readonly kind: 'several'; readonly count: number }
  | { readonly kind: 'unknown'; readonly why: 'empty' | 'notJson' | 'noServer' | 'openQuote' }

/** Keys under which clients write their servers. */
const containers = ['mcpServers', 'servers', 'context_servers', 'mcp', 'extensions']

/**
 * Reads what a README offers: JSON of any of the usual shapes (whole, or cut out of a file), a command such as
 * `claude mcp add`, `code --add-mcp` or `npx -y …`, or an address. Pure.
 */
export function parseSnippet(text: string): Snippet {
  const trimmed = withoutFence(text).trim()
  if (trimmed === '') return { kind: 'unknown', why: 'empty' }
  return looksLikeJson(trimmed) ? parseJson(trimmed) : parseCommandText(trimmed)
}

function parseCommandText(text: string): Snippet {
  const parsed = parseCommand(text)
  if (parsed === null) return { kind: 'unknown', why: 'openQuote' }
  if (parsed.kind === 'server') return parsed
  return parseJson(parsed.json, parsed.name)
}

function parseJson(text: string, name: string | null = null): Snippet {
  const value = readJson(text)
  if (!isRecord(value)) return { kind: 'unknown', why: 'notJson' }
  const own = serverOfEntry(name ?? nameIn(value), value)
  if (own !== null) return { kind: 'server', server: own }
  const servers = entriesOf(value).flatMap(([key, entry]) => serverOfEntry(key, entry) ?? [])
  const [first, ...others] = servers
  if (first === undefined) return { kind: 'unknown', why: 'noServer' }
  return others.length === 0
    ? { kind: 'server', server: first }
    : { kind: 'several', count: servers.length }
}

/** The servers of a file: under one of the usual keys, one level down, or the value itself is the list. */
function entriesOf(value: Readonly<Record<string, unknown>>): [string, unknown][] {
  for (const key of containers) {
    const inner = value[key]
    if (!isRecord(inner)) continue
    // VS Code's settings.json: mcp.servers.
    const deeper = inner['servers']
    return Object.entries(isRecord(deeper) ? deeper : inner)
  }
  return Object.entries(value)
}

/** JSON with comments and trailing commas; a part that was cut out of an object gets its braces back. */
function readJson(text: string): unknown {
  for (const candidate of [text, `{${text}}`]) {
    const errors: ParseError[] = []
    // The parser's type says `any`; what it is is told by isRecord.
    const value: unknown = parseJsonc(candidate, errors, { allowTrailingComma: true })
    if (errors.length === 0) return value
  }
  return undefined
}

function looksLikeJson(text: string): boolean {
  return /^(?:[{[]|\/[/*]|"[^"]*"\s*:)/.test(text)
}

function nameIn(value: Readonly<Record<string, unknown>>): string | null {
  return typeof value['name'] === 'string' ? value['name'] : null
}

/** A block of Markdown is often copied with its fence. */
function withoutFence(text: string): string {
  return text.replace(/^\s*```[^\n]*\n/, '').replace(/\n?```\s*$/, '')
}
