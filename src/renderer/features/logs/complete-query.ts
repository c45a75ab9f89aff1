import { logLevelSchema, logSourceSchema } from '../../../shared/domain/log-line.ts'
import { type QueryKey, queryKeys } from './parse-query.ts'

/** Something that can take the place of the last word. */
export interface Completion {
  /** What it is called in its list: `level:` or `error`. */
  readonly label: string
  /** The whole text of the field after it was taken. */
  readonly draft: string
  /** False where a value is still to come. */
  readonly isWhole: boolean
}

const spans = ['5m', '15m', '1h', '6h', '1d', '7d']
/** How many are offered at most. */
const offered = 8

/** What could stand where the last word is being typed: the keys, then the values of a key. Pure. */
export function completeQuery(
  draft: string,
  serverNames: readonly string[],
): readonly Completion[] {
  const word = /\S*$/.exec(draft)?.[0] ?? ''
  const before = draft.slice(0, draft.length - word.length)
  const colon = word.indexOf(':')
  if (colon < 0) {
    return queryKeys
      .filter((key) => `${key}:`.startsWith(word.toLowerCase()))
      .map((key) => ({ label: `${key}:`, draft: `${before}${key}:`, isWhole: false }))
  }
  const key = queryKeys.find((one) => one === word.slice(0, colon))
  if (key === undefined) return []
  const written = word.slice(colon + 1)
  const comma = written.lastIndexOf(',') + 1
  const taken = written.slice(0, comma)
  const part = written.slice(comma).replace('"', '').toLowerCase()
  return valuesOf(key, serverNames)
    .filter((value) => value.toLowerCase().startsWith(part))
    .filter((value) => !taken.split(',').includes(value))
    .slice(0, offered)
    .map((value) => ({
      label: value,
      draft: `${before}${key}:${taken}${/[\s,]/.test(value) ? `"${value}"` : value} `,
      isWhole: true,
    }))
}

function valuesOf(key: QueryKey, serverNames: readonly string[]): readonly string[] {
  switch (key) {
    case 'server':
    case '-server':
      return serverNames
    case 'level':
      return logLevelSchema.options.toReversed()
    case 'kind':
      return logSourceSchema.options
    case 'since':
    case 'before':
      return spans
  }
}

/**
 * What of a typed text is finished: tokens that a space follows. They become chips; the rest stays in the field. While a
 * key is written without its value, it is neither. Pure.
 */
export function splitDraft(draft: string): { readonly tokens: string; readonly rest: string } {
  const found: string[] = []
  const keys = queryKeys.join('|')
  const finished = new RegExp(`(^|\\s)((?:${keys}):(?:"[^"]*"|[^\\s"])+)\\s`)
  // What is in slashes is a regular expression, whatever it looks like.
  if (/^\s*\//.test(draft)) return { tokens: '', rest: draft }
  let rest = draft
  for (let match = finished.exec(rest); match !== null; match = finished.exec(rest)) {
    found.push(match[2] ?? '')
    rest = `${rest.slice(0, match.index)}${match[1] ?? ''}${rest.slice(match.index + match[0].length)}`
  }
  return { tokens: found.join(' '), rest: found.length === 0 ? rest : rest.trimStart() }
}

/** The text of the field without a token that is still being written at its end. Pure. */
export function withoutUnfinished(rest: string): string {
  return rest.replace(new RegExp(`(^|\\s)(?:${queryKeys.join('|')}):\\S*$`), '').trimEnd()
}
