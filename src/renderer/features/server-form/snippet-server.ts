import type { RemoteTransport, StdioTransport } from '../../../shared/domain/server-definition.ts'
import { isRecord } from '../../../shared/lib/json.ts'

/** A server as a pasted text states it. */
export interface SnippetServer {
  /** Null where the text gives none. */
  readonly name: string | null
  readonly transport: StdioTransport | RemoteTransport
}

/** Reads one entry of a client's file, in the spellings of the common clients. Null where it names nothing to run. Pure. */
export function serverOfEntry(name: string | null, entry: unknown): SnippetServer | null {
  if (!isRecord(entry)) return null
  const url = textOf(entry['url'] ?? entry['serverUrl'] ?? entry['httpUrl'])
  const [command, ...moreArgs] = wordsOf(entry['command'] ?? entry['cmd'])
  if (command !== undefined) {
    return {
      name,
      transport: {
        type: 'stdio',
        command,
        args: [...moreArgs, ...wordsOf(entry['args'])],
        env: mapOf(entry['env'] ?? entry['environment'] ?? entry['envs']),
        cwd: textOf(entry['cwd']),
        envFile: textOf(entry['envFile']),
      },
    }
  }
  if (url === null) return null
  return {
    name,
    transport: {
      type: isSse(entry, url) ? 'sse' : 'http',
      url,
      headers: mapOf(entry['headers']),
      headersHelper: textOf(entry['headersHelper']),
    },
  }
}

/** SSE where the entry says so, or says nothing and the address ends like one. */
function isSse(entry: Readonly<Record<string, unknown>>, url: string): boolean {
  const type = textOf(entry['type'] ?? entry['transport'])
  if (type !== null) return type.toLowerCase() === 'sse'
  return entry['httpUrl'] === undefined && /\/sse\/?(?:\?|$)/.test(url)
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null
}

function wordsOf(value: unknown): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value]
  return Array.isArray(value) ? value.map(String) : []
}

function mapOf(value: unknown): Record<string, string> {
  if (!isRecord(value)) return {}
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => ['string', 'number', 'boolean'].includes(typeof item))
      .map(([key, item]) => [key, String(item)]),
  )
}
