import type { RemoteTransport, StdioTransport } from '../../../shared/domain/server-definition.ts'

/** Parts of a host's name that say nothing of what it serves. */
const hostWord = /^(?:mcp|www|api|com|dev|io|app|ai|net|org|co|\d+)$/
/** Programs that run another one. */
const runners = /^(?:npx|bunx|uvx|pnpm|yarn|npm|uv|pipx|deno|node|bun|python3?|docker|podman)$/
const subcommands = /^(?:run|exec|dlx|x|tool|stdio)$/

/**
 * A name for a server that was pasted without one, from the package, image or host that it names; empty where nothing says
 * what it is. Pure.
 */
export function suggestName(transport: StdioTransport | RemoteTransport): string {
  if (transport.type !== 'stdio') {
    if (!URL.canParse(transport.url)) return ''
    const parts = new URL(transport.url).hostname.split('.')
    return parts.find((part) => !hostWord.test(part)) ?? ''
  }
  const runner = baseOf(transport.command)
  if (!runners.test(runner)) return shortName(runner)
  const isImage = /^(?:docker|podman)$/.test(runner)
  const named = transport.args.filter((arg) => !arg.startsWith('-') && !subcommands.test(arg))
  const word = isImage
    ? named.find((one) => one.includes('/') && !one.startsWith('/'))
    : named.at(0)
  return shortName(word ?? '')
}

/** `@scope/server-github@1.2` and `ghcr.io/github/github-mcp-server:v1` are both `github`. */
function shortName(text: string): string {
  const base = baseOf(text)
    .replace(/(?<=.)[@:].*$/, '')
    .replace(/\.(?:c?js|mjs|ts|py|exe|cmd)$/, '')
  const short = base.replace(/^(?:mcp-server-|server-|mcp-)|(?:-mcp-server|-server|-mcp)$/g, '')
  return short === '' ? base : short
}

function baseOf(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? ''
}
