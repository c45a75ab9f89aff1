import type { FoundServer } from '../../shared/domain/import.ts'
import type { Dialect, Transport } from '../../shared/domain/server-definition.ts'
import { meaningOf } from '../config/variables/same-meaning.ts'
import { mapTransportTexts } from '../secrets/map-transport-texts.ts'

/** One server with every place where it was found; the first one found gives the values. It may hold credentials. */
export type MergedServer = Omit<FoundServer, 'source' | 'rawType'> & {
  readonly sources: readonly FoundServer['source'][]
}

interface Draft {
  server: FoundServer
  sources: FoundServer['source'][]
}

/**
 * Brings together what was found in several files. Entries of the same name, scope and project whose transports mean the same
 * are one server with several sources. Different servers of the same name stay apart: the later one is called
 * `name-<client>`, then `name-<client>-2` and so on. Names that stand in a file are never given to another server.
 * @param filled the text with the value of each reference that is known to stand for one, so that a server whose credential was
 * moved out of one file is still the one in another.
 * @returns in the order in which they were first found.
 */
export function mergeFound(
  found: readonly FoundServer[],
  filled: (text: string) => string = (text) => text,
): MergedServer[] {
  const drafts = new Map<string, Draft[]>()
  const order: Draft[] = []
  for (const server of found) {
    const key = nameKey(server, server.name)
    const sameName = drafts.get(key) ?? []
    const same = sameName.find((draft) => isSameServer(draft.server, server, filled))
    if (same === undefined) {
      const draft = { server, sources: [server.source] }
      drafts.set(key, [...sameName, draft])
      order.push(draft)
    } else {
      same.server = completed(same.server, server)
      same.sources.push(server.source)
    }
  }
  const taken = new Set(drafts.keys())
  const named = new Set<string>()
  return order.map(({ server, sources }) => {
    const { source: _source, rawType: _rawType, ...rest } = server
    const key = nameKey(server, server.name)
    if (!named.has(key)) {
      named.add(key)
      return { ...rest, sources }
    }
    const name = freeName(server, taken)
    taken.add(nameKey(server, name))
    return { ...rest, name, sources }
  })
}

function nameKey(server: FoundServer, name: string): string {
  return JSON.stringify([server.scope, server.project, name])
}

function freeName(server: FoundServer, taken: ReadonlySet<string>): string {
  const base = `${server.name}-${server.source.client}`
  let name = base
  for (let count = 2; taken.has(nameKey(server, name)); count += 1) name = `${base}-${count}`
  return name
}

/** What the first file leaves open is taken from the next one that says it. */
function completed(first: FoundServer, next: FoundServer): FoundServer {
  const isTypeFromNext = first.rawType === null && next.rawType !== null
  return {
    ...first,
    // Both reach the same address; the file that names the transport knows better than a guess.
    transport:
      isTypeFromNext && first.transport.type !== next.transport.type && isRemote(first.transport)
        ? { ...first.transport, type: isRemote(next.transport) ? next.transport.type : 'http' }
        : first.transport,
    rawType: first.rawType ?? next.rawType,
    inputs: [
      ...first.inputs,
      ...next.inputs.filter((input) => !first.inputs.some(({ id }) => id === input.id)),
    ],
    timeouts: {
      startMs: first.timeouts.startMs ?? next.timeouts.startMs,
      callMs: first.timeouts.callMs ?? next.timeouts.callMs,
    },
    tools: {
      allow: first.tools.allow ?? next.tools.allow,
      deny: first.tools.deny.length > 0 ? first.tools.deny : next.tools.deny,
    },
  }
}

function isRemote(transport: Transport): transport is Extract<Transport, { type: 'http' | 'sse' }> {
  return transport.type === 'http' || transport.type === 'sse'
}

function isSameServer(a: FoundServer, b: FoundServer, filled: (text: string) => string): boolean {
  const meaning = (one: FoundServer) =>
    transportMeaning({
      ...one,
      transport: mapTransportTexts(one.transport, (_place, text) => filled(text)),
    })
  if (meaning(a) !== meaning(b)) return false
  const isTypeGuessed = a.rawType === null || b.rawType === null
  return a.transport.type === b.transport.type || (isTypeGuessed && isRemote(a.transport))
}

/** A text that two servers share when they come to the same, apart from the choice between `http` and `sse`. */
export function transportMeaning({
  dialect,
  transport,
  envNames,
}: Pick<FoundServer, 'dialect' | 'transport' | 'envNames'>): string {
  const names = envNames.toSorted()
  if (transport.type === 'stdio') {
    return JSON.stringify([
      'stdio',
      meaningOf(dialect, transport.command),
      transport.args.map((arg) => meaningOf(dialect, arg)),
      mapMeaning(dialect, transport.env),
      transport.cwd === null ? null : meaningOf(dialect, transport.cwd),
      transport.envFile === null ? null : meaningOf(dialect, transport.envFile),
      names,
    ])
  }
  return JSON.stringify([
    isRemote(transport) ? 'remote' : transport.type,
    transport.url === null ? null : meaningOf(dialect, transport.url),
    mapMeaning(dialect, transport.headers),
    isRemote(transport) ? transport.headersHelper : null,
    names,
  ])
}

function mapMeaning(dialect: Dialect, map: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(map)
    .map(([name, value]): [string, string] => [name, meaningOf(dialect, value)])
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
}
