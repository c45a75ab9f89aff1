import type { ClientFormat } from '../../shared/domain/server-definition.ts'
import { looksLikeServer } from './looks-like-server.ts'
import { parseSyntax, type SyntaxKind } from './syntax/parse-syntax.ts'
import { effectiveEntries, member, memberAt, type SyntaxNode } from './syntax/syntax-tree.ts'

/** File names and paths that only one client uses. Paths are tested with `/` between their parts. */
const pathPatterns: readonly (readonly [RegExp, ClientFormat])[] = [
  [/(?:^|\/)\.?claude\.json$/i, 'claude-json'],
  [/(?:^|\/)\.mcp\.json$/i, 'mcp-json'],
  [/claude_desktop_config[^/]*\.json$/i, 'claude-desktop'],
  [/cline_mcp_settings\.json$/i, 'cline'],
  [/\/(?:\.kilocode|kilocode\.kilo-code)\/(?:.*\/)?mcp(?:_settings)?\.json$/i, 'kilocode'],
  [/\/(?:\.roo|rooveterinaryinc\.roo-cline)\/(?:.*\/)?mcp(?:_settings)?\.json$/i, 'roo'],
  [/(?:^|\/)mcp_settings\.json$/i, 'roo'],
  [/\/antigravity\/(?:.*\/)?mcp_config\.json$/i, 'antigravity'],
  [/(?:^|\/)mcp_config\.json$/i, 'windsurf'],
  [/\/\.?amazonq\/(?:.*\/)?[^/]+\.json$/i, 'amazonq'],
  [/\/\.cursor\/mcp\.jsonc?$/i, 'cursor'],
  [/\/\.vscode\/(?:mcp|settings)\.json$/i, 'vscode'],
  [/\/(?:Code|Code - Insiders|VSCodium)\/User\/(?:.*\/)?(?:mcp|settings)\.json$/i, 'vscode'],
  [/\/\.kiro\/(?:settings\/)?mcp\.json$/i, 'kiro'],
  [/\/\.junie\/(?:mcp\/)?mcp\.json$/i, 'junie'],
  [/\/\.?zed\/settings\.jsonc?$/i, 'zed'],
  [/\/\.gemini\/settings\.json$/i, 'gemini'],
  [/\/\.codex\/config\.toml$/i, 'codex'],
  [/\/\.continue\/(?:.*\/)?[^/]+\.(?:ya?ml|json)$/i, 'continue'],
  [/\/goose\/(?:config\/)?config\.ya?ml$/i, 'goose'],
  [/(?:^|\/)opencode\.jsonc?$/i, 'opencode'],
  [/(?:^|\/)librechat[^/]*\.ya?ml$/i, 'librechat'],
]

/** Names of folders under which people keep a copy of a client's file, for example among their dotfiles. */
const folderHints: ReadonlyMap<string, ClientFormat> = new Map([
  ['claude-desktop', 'claude-desktop'],
  ['cursor', 'cursor'],
  ['vscode', 'vscode'],
  ['windsurf', 'windsurf'],
  ['cline', 'cline'],
  ['roo', 'roo'],
  ['kilocode', 'kilocode'],
  ['zed', 'zed'],
  ['continue', 'continue'],
  ['codex', 'codex'],
  ['gemini', 'gemini'],
  ['antigravity', 'antigravity'],
  ['goose', 'goose'],
  ['opencode', 'opencode'],
  ['amazonq', 'amazonq'],
  ['kiro', 'kiro'],
  ['junie', 'junie'],
  ['librechat', 'librechat'],
])

/**
 * Tells whose file this is: by its name and folder where they are a client's own, else by what it holds, where the name of the
 * folder decides between clients that write alike.
 * @param file a path, with either kind of slash.
 * @returns null when it is no client's file that can be told.
 */
export function detectFormat(file: string, text: string): ClientFormat | null {
  const path = file.replaceAll('\\', '/')
  for (const [pattern, format] of pathPatterns) {
    if (pattern.test(path)) return format
  }
  const { root } = parseSyntax(syntaxByName(path), text)
  if (root?.kind !== 'object') return null
  const byContent = formatByContent(root, syntaxByName(path))
  if (byContent !== 'mcp-json') return byContent
  const folder = path.split('/').at(-2)?.replace(/^\./, '').toLowerCase() ?? ''
  const hinted = folderHints.get(folder)
  return hinted !== undefined && usesMcpServers.has(hinted) ? hinted : byContent
}

/** Clients whose JSON files have the root key `mcpServers`, so that the content alone cannot tell them apart. */
const usesMcpServers: ReadonlySet<ClientFormat> = new Set([
  'claude-desktop',
  'cursor',
  'windsurf',
  'cline',
  'roo',
  'kilocode',
  'gemini',
  'antigravity',
  'amazonq',
  'kiro',
  'junie',
])

function syntaxByName(path: string): SyntaxKind {
  if (/\.toml$/i.test(path)) return 'toml'
  return /\.ya?ml$/i.test(path) ? 'yaml' : 'jsonc'
}

function formatByContent(root: SyntaxNode, syntax: SyntaxKind): ClientFormat | null {
  const has = (...path: string[]): boolean => memberAt(root, path) !== undefined
  if (syntax === 'toml') return has('mcp_servers') ? 'codex' : null
  const servers = member(root, 'mcpServers')
  if (syntax === 'yaml') {
    if (member(root, 'extensions')?.kind === 'object') return 'goose'
    if (servers?.kind === 'array') return 'continue'
    return servers?.kind === 'object' ? 'librechat' : null
  }
  if (['projects', 'numStartups', 'hasCompletedOnboarding'].some((key) => has(key))) {
    return 'claude-json'
  }
  if (has('mcpContextUris') && has('hasTrustDialogAccepted')) return 'claude-json'
  if (has('context_servers')) return 'zed'
  if (has('mcp', 'servers')) return 'vscode'
  if (has('servers') && (has('inputs') || servers === undefined)) return 'vscode'
  if (servers?.kind === 'array' || has('experimental', 'modelContextProtocolServers')) {
    return 'continue'
  }
  if (servers?.kind === 'object') return formatByEntries(servers)
  if (has('mcp')) return 'opencode'
  if (root.kind !== 'object') return null
  return effectiveEntries(root).some(({ value }) => looksLikeServer(value)) ? 'mcp-json' : null
}

/** Some clients spell the address in a way of their own. */
function formatByEntries(servers: SyntaxNode): ClientFormat {
  const entries = servers.kind === 'object' ? effectiveEntries(servers) : []
  const uses = (key: string): boolean =>
    entries.some(({ value }) => member(value, key) !== undefined)
  if (uses('httpUrl')) return 'gemini'
  if (uses('serverUrl')) return 'windsurf'
  return 'mcp-json'
}
