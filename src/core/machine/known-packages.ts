import type { Program } from './programs-of.ts'

/** Names that packages of MCP servers have by custom. */
const likelyName =
  /^(?:@modelcontextprotocol\/server-.+|(?:@[^/]+\/)?(?:mcp|mcp-.+|.+-mcp|.+-mcp-server|mcp-server-.+))$/
/** Packages of MCP servers whose names do not say so, and bridges to remote ones. */
const knownNames = new Set([
  '@playwright/mcp',
  '@upstash/context7-mcp',
  'mcp-remote',
  'supergateway',
  'firecrawl-mcp',
  'ghcr.io/github/github-mcp-server',
])
/** Names that fit and are no server: tools for people who write servers, and this program. */
const noServers = new Set([
  '@modelcontextprotocol/inspector',
  '@modelcontextprotocol/sdk',
  'mcp-manager',
  'mcp-cli',
])

/** The name by which a program is likely to be an MCP server; null where nothing speaks for it. Pure. */
export function knownPackageOf(programs: readonly Pick<Program, 'key'>[]): string | null {
  for (const { key } of programs) {
    const kind = key.slice(0, key.indexOf(':'))
    const name = key.slice(kind.length + 1)
    if (kind === 'path' || noServers.has(name)) continue
    const last = kind === 'image' ? (name.split('/').at(-1) ?? '') : name.replaceAll('_', '-')
    if (knownNames.has(name) || likelyName.test(last)) return name
  }
  return null
}
