import {
  type LogLevel,
  type LogSource,
  logLevelSchema,
  logSourceSchema,
} from '../../../shared/domain/log-line.ts'

/** What is searched for in the text of lines. */
export type QueryText =
  /** As it is written, blind to case. */
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'regex'; readonly source: string; readonly ignoreCase: boolean }

/** A query as a person writes it: `server:postgres level:error,warn since:15m timeout`. */
export interface LogsQuery {
  /** Names or ids; empty: all. */
  readonly servers: readonly string[]
  /** Left out, by name or id. */
  readonly notServers: readonly string[]
  /** Empty: all. */
  readonly levels: readonly LogLevel[]
  readonly kinds: readonly LogSource[]
  /** A time span or a moment as parse-moment.ts reads it; null: from the beginning. */
  readonly since: string | null
  readonly before: string | null
  readonly text: QueryText | null
  /** Values that mean nothing, such as `level:loud`, as they are written. */
  readonly unknown: readonly string[]
}

/** Everything. */
export const emptyQuery: LogsQuery = {
  servers: [],
  notServers: [],
  levels: [],
  kinds: [],
  since: null,
  before: null,
  text: null,
  unknown: [],
}

/** The words before a colon that mean something. */
export const queryKeys = ['server', 'level', 'kind', 'since', 'before', '-server'] as const
export type QueryKey = (typeof queryKeys)[number]

// A key, then values up to a space; a value in quotes may hold spaces and commas.
const token = /^(-?[a-z]+):((?:"[^"]*"?|[^\s"])+)(?=\s|$)/
const regexText = /^\/((?:[^\\/]|\\.)+)\/(i?)$/

/** Reads a query. Whatever is no token is text, with its spaces; a text between slashes is a regular expression. Pure. */
export function parseQuery(written: string): LogsQuery {
  let query: LogsQuery = emptyQuery
  let rest = written.trimStart()
  let text = ''
  while (rest !== '') {
    // A regular expression takes the rest: what looks like a token in it is none.
    if (text === '' && regexText.test(rest.trimEnd())) {
      text = rest
      break
    }
    const match = token.exec(rest)
    const key = queryKeys.find((one) => one === match?.[1])
    if (match !== null && key !== undefined) {
      query = withToken(query, key, splitValues(match[2] ?? ''))
      rest = rest.slice(match[0].length).trimStart()
      continue
    }
    const word = /^(?:"[^"]*"|\S+)\s*/.exec(rest)?.[0] ?? rest
    text += word
    rest = rest.slice(word.length)
  }
  return { ...query, text: parseText(text.trimEnd()) }
}

function withToken(query: LogsQuery, key: QueryKey, values: readonly string[]): LogsQuery {
  const last = values.at(-1) ?? null
  switch (key) {
    case 'server':
      return { ...query, servers: [...new Set([...query.servers, ...values])] }
    case '-server':
      return { ...query, notServers: [...new Set([...query.notServers, ...values])] }
    case 'level': {
      const levels = logLevelSchema.options.filter(
        (level) =>
          query.levels.includes(level) || values.some((one) => one.toLowerCase() === level),
      )
      return {
        ...query,
        levels,
        unknown: [...query.unknown, ...unknownOf(key, values, logLevelSchema.options)],
      }
    }
    case 'kind': {
      const kinds = logSourceSchema.options.filter(
        (kind) => query.kinds.includes(kind) || values.some((one) => one.toLowerCase() === kind),
      )
      return {
        ...query,
        kinds,
        unknown: [...query.unknown, ...unknownOf(key, values, logSourceSchema.options)],
      }
    }
    case 'since':
      return { ...query, since: last }
    case 'before':
      return { ...query, before: last }
  }
}

function unknownOf(key: QueryKey, values: readonly string[], known: readonly string[]): string[] {
  return values
    .filter((value) => !known.includes(value.toLowerCase()))
    .map((value) => `${key}:${value}`)
}

/** The values between commas; quotes are taken off. */
function splitValues(written: string): string[] {
  return [...written.matchAll(/"([^"]*)"?|[^",]+/g)]
    .map(([whole, quoted]) => quoted ?? whole)
    .filter((value) => value !== '')
}

/** A text between slashes, with `i` after them or nothing, is a regular expression; quotes keep a text from being read as tokens. Pure. */
export function parseText(written: string): QueryText | null {
  const regex = regexText.exec(written)
  if (regex !== null) {
    return { kind: 'regex', source: regex[1] ?? '', ignoreCase: regex[2] === 'i' }
  }
  const text = /^"([^"]+)"$/.exec(written)?.[1] ?? written
  return text === '' ? null : { kind: 'literal', text }
}
