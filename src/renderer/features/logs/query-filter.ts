import type { LogFilter, LogText } from '../../../shared/contract/logs.ts'
import type { ServerId } from '../../../shared/domain/ids.ts'
import { parseMoment } from './parse-moment.ts'
import type { LogsQuery, QueryText } from './parse-query.ts'

/** A server as a query may name it. */
export interface NamedServer {
  readonly id: ServerId
  readonly name: string
}

/** What is wrong with a query. */
export type QueryProblem =
  | { readonly type: 'server'; readonly value: string }
  | { readonly type: 'moment'; readonly value: string }
  | { readonly type: 'token'; readonly value: string }
  | { readonly type: 'regex'; readonly value: string; readonly reason: string }

/** What a query asks of the host, and what of it means nothing. */
export interface ReadQuery {
  /** Without the text: whether that filters is for the page to say. */
  readonly filter: LogFilter
  /** Null: no text, or one that cannot be searched for. */
  readonly text: LogText | null
  readonly problems: readonly QueryProblem[]
}

/** Reads a query against the servers that there are. `now` is what spans such as `15m` count back from. Pure. */
export function readQuery(
  query: LogsQuery,
  servers: readonly NamedServer[],
  now: number,
): ReadQuery {
  const problems: QueryProblem[] = query.unknown.map((value) => ({ type: 'token', value }))
  const idsOf = (names: readonly string[]) => {
    const ids: ServerId[] = []
    for (const name of names) {
      const found = servers.filter((one) => isNamed(one, name))
      if (found.length === 0) problems.push({ type: 'server', value: name })
      ids.push(...found.map((one) => one.id))
    }
    return ids
  }
  const moment = (value: string | null) => {
    if (value === null) return null
    const at = parseMoment(value, now)
    if (at === null) problems.push({ type: 'moment', value })
    return at
  }
  const wanted = query.servers.length === 0 ? null : idsOf(query.servers)
  const unwanted = new Set(idsOf(query.notServers))
  const filter: LogFilter = {
    serverIds:
      unwanted.size === 0
        ? wanted
        : (wanted ?? servers.map((one) => one.id)).filter((id) => !unwanted.has(id)),
    sources: query.kinds.length === 0 ? null : [...query.kinds],
    levels: query.levels.length === 0 ? null : [...query.levels],
    sinceAt: moment(query.since),
    untilAt: moment(query.before),
    text: null,
  }
  const { text, problem } = readText(query.text)
  return { filter, text, problems: problem === null ? problems : [...problems, problem] }
}

function isNamed(server: NamedServer, written: string): boolean {
  return server.id === written || server.name.toLowerCase() === written.toLowerCase()
}

function readText(text: QueryText | null): {
  readonly text: LogText | null
  readonly problem: QueryProblem | null
} {
  if (text === null) return { text: null, problem: null }
  if (text.kind === 'literal') {
    return { text: { pattern: text.text, regex: false, matchCase: false }, problem: null }
  }
  try {
    // Only compiled: to run it is for the worker and the host, which can stop it.
    RegExp(text.source)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { text: null, problem: { type: 'regex', value: text.source, reason } }
  }
  return {
    text: { pattern: text.source, regex: true, matchCase: !text.ignoreCase },
    problem: null,
  }
}
