import {
  type LogsQuery,
  parseQuery,
  parseText,
  type QueryKey,
  type QueryText,
} from './parse-query.ts'

/** One token of a query, as a chip shows it. */
export interface QueryToken {
  readonly key: QueryKey
  /** As it is written after the colon. */
  readonly value: string
}

/** The tokens of a query in one order, whatever order they were written in. Pure. */
export function tokensOf(query: LogsQuery): readonly QueryToken[] {
  const lists: readonly (readonly [QueryKey, readonly string[]])[] = [
    ['server', query.servers],
    ['-server', query.notServers],
    ['level', query.levels],
    ['kind', query.kinds],
    ['since', query.since === null ? [] : [query.since]],
    ['before', query.before === null ? [] : [query.before]],
  ]
  return lists
    .filter(([, values]) => values.length > 0)
    .map(([key, values]) => ({ key, value: values.map(quoted).join(',') }))
}

/** The text of a query as a person writes it; empty where there is none. Pure. */
export function formatText(text: QueryText | null): string {
  if (text === null) return ''
  if (text.kind === 'regex') return `/${text.source}/${text.ignoreCase ? 'i' : ''}`
  const written = text.text
  const again = parseQuery(written)
  const isPlain = again.text?.kind === 'literal' && again.text.text === written.trimEnd()
  return isPlain || parseText(`"${written}"`)?.kind !== 'literal' ? written : `"${written}"`
}

/** A query as one line; `parseQuery` reads it back. Pure. */
export function formatQuery(query: LogsQuery): string {
  const tokens = tokensOf(query).map(({ key, value }) => `${key}:${value}`)
  const text = formatText(query.text)
  return [...tokens, ...query.unknown, ...(text === '' ? [] : [text])].join(' ')
}

/** The query without what a token says. Pure. */
export function withoutKey(query: LogsQuery, key: QueryKey): LogsQuery {
  switch (key) {
    case 'server':
      return { ...query, servers: [] }
    case '-server':
      return { ...query, notServers: [] }
    case 'level':
      return { ...query, levels: [] }
    case 'kind':
      return { ...query, kinds: [] }
    case 'since':
      return { ...query, since: null }
    case 'before':
      return { ...query, before: null }
  }
}

function quoted(value: string): string {
  return /[\s,"]/.test(value) ? `"${value}"` : value
}
