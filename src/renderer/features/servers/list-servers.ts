import type { ServerId } from '../../../shared/domain/ids.ts'
import type { ResourceSample } from '../../../shared/domain/resources.ts'
import type { ServerView } from '../../../shared/domain/server-view.ts'
import { compareServers } from '../../host/servers.ts'
import { fullCommand } from './full-command.ts'
import { lookOf } from './server-look.ts'

/** What a server takes now; null where it takes nothing, or was not measured yet. */
export type UsageOf = (id: ServerId) => ResourceSample | null

/** Which servers the table shows. */
export type ServerSegment = 'all' | 'attention' | 'running'

/** What the table can be sorted by. */
export type SortColumn = 'name' | 'state' | 'type' | 'tools' | 'cpu' | 'memory'

/** Columns whose largest value stands first when a person asks for them. */
const largestFirst: readonly SortColumn[] = ['tools', 'cpu', 'memory']

/** An order of the table. It is fixed when a person asks for it: a server whose state changes later stays in its place. */
export interface ServerSort {
  readonly column: SortColumn
  readonly descending: boolean
  /** The place of each server that was there then; for `name` empty. Later ones come after them. */
  readonly places: ReadonlyMap<ServerId, number>
}

/** By name, as the table starts out. */
export const byName: ServerSort = { column: 'name', descending: false, places: new Map() }

/** Whether a server belongs to a segment. Pure. */
export function isInSegment(server: ServerView, segment: ServerSegment): boolean {
  switch (segment) {
    case 'all':
      return true
    case 'attention':
      return lookOf(server, 0).needsAttention
    case 'running':
      return server.state.phase === 'running'
  }
}

/** Whether each word of the text is found in the server's name, project, type or command, in any case. Pure. */
export function matchesText({ definition }: ServerView, text: string): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return true
  const { name, project, transport } = definition
  const all = [name, project ?? '', transport.type, fullCommand(transport)].join('\n').toLowerCase()
  return words.every((word) => all.includes(word))
}

/** The order that a click on a column's head asks for: the other way round if it is sorted by it already. Pure. */
export function sortBy(
  column: SortColumn,
  last: ServerSort,
  servers: readonly ServerView[],
  usageOf: UsageOf,
): ServerSort {
  const descending = last.column === column ? !last.descending : largestFirst.includes(column)
  if (column === 'name') return { column, descending, places: new Map() }
  const sorted = servers.toSorted(
    (a, b) => compareBy(column, a, b, usageOf) * (descending ? -1 : 1) || compareServers(a, b),
  )
  return {
    column,
    descending,
    places: new Map(sorted.map((server, index) => [server.definition.id, index])),
  }
}

/** Servers in an order. Pure. */
export function inOrder(servers: readonly ServerView[], sort: ServerSort): readonly ServerView[] {
  if (sort.column === 'name') {
    const sorted = servers.toSorted(compareServers)
    return sort.descending ? sorted.toReversed() : sorted
  }
  const place = ({ definition }: ServerView) => sort.places.get(definition.id) ?? Infinity
  return servers.toSorted((a, b) => {
    const [first, second] = [place(a), place(b)]
    return first === second ? compareServers(a, b) : first - second
  })
}

/** Servers that need a person, the gravest first. Pure. */
export function attentionFirst(servers: readonly ServerView[]): readonly ServerView[] {
  return servers
    .filter((server) => lookOf(server, 0).needsAttention)
    .toSorted((a, b) => gravity(a) - gravity(b) || compareServers(a, b))
}

// What tries again now stands beside what tries again later.
const gravities = { bad: 0, you: 1, wait: 2, busy: 2, ok: 3, off: 4 } as const

function gravity(server: ServerView): number {
  return gravities[lookOf(server, 0).tone]
}

function compareBy(column: SortColumn, a: ServerView, b: ServerView, usageOf: UsageOf): number {
  const takes = ({ definition }: ServerView, what: 'cpuPercent' | 'memoryBytes') =>
    usageOf(definition.id)?.[what] ?? -1
  switch (column) {
    case 'name':
      return compareServers(a, b)
    case 'state':
      return gravity(a) - gravity(b)
    case 'type':
      return a.definition.transport.type.localeCompare(b.definition.transport.type, 'en')
    case 'tools':
      return toolsOf(a) - toolsOf(b)
    case 'cpu':
      return takes(a, 'cpuPercent') - takes(b, 'cpuPercent')
    case 'memory':
      return takes(a, 'memoryBytes') - takes(b, 'memoryBytes')
  }
}

function toolsOf({ stats }: ServerView): number {
  return stats.counts?.tools ?? -1
}
