import type { TransportType } from '../../shared/domain/server-definition.ts'

/** A transport that a file can name. */
export type NamedTransport = Exclude<TransportType, 'unknown'>

const spellings: ReadonlyMap<string, NamedTransport> = new Map([
  ['stdio', 'stdio'],
  ['local', 'stdio'],
  ['command', 'stdio'],
  ['http', 'http'],
  ['https', 'http'],
  ['streamablehttp', 'http'],
  ['streaminghttp', 'http'],
  ['httpstream', 'http'],
  ['remote', 'http'],
  ['sse', 'sse'],
  ['httpsse', 'sse'],
  ['ws', 'ws'],
  ['wss', 'ws'],
  ['websocket', 'ws'],
])

/** The transport that a file's `type` means, whichever way it is spelled (`streamable-http`, `streamableHttp`, ...); null if none. */
export function namedTransport(spelling: string): NamedTransport | null {
  return spellings.get(spelling.toLowerCase().replaceAll(/[\s_+-]/g, '')) ?? null
}

/**
 * The transport of a remote server whose file does not name it: a `ws:` address is a WebSocket, a path that ends in `/sse`
 * is the HTTP+SSE of 2024-11-05, by its custom, and everything else is Streamable HTTP. Works on addresses that hold
 * variable references too.
 */
export function inferredRemote(url: string): 'http' | 'sse' | 'ws' {
  if (/^wss?:/i.test(url)) return 'ws'
  const path = url.replace(/[?#].*$/s, '')
  return /\/sse\/?$/i.test(path) ? 'sse' : 'http'
}
