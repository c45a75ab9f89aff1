import { transportValues } from './draft-of.ts'
import type { FormValues, PairRow } from './form-values.ts'
import type { SnippetServer } from './snippet-server.ts'
import { suggestName } from './suggest-name.ts'

/**
 * The form with a pasted server in it: what the text names is replaced, all else stays, most of all the variables, headers
 * and secrets that it does not name. A secret that it names anew can still be kept (`PairRow.kept`). Pure.
 */
export function filledWith(values: FormValues, { name, transport }: SnippetServer): FormValues {
  const given = { ...values, ...transportValues(transport) }
  return {
    ...given,
    name: values.name.trim() === '' ? (name ?? suggestName(transport)) : values.name,
    env: withPairs(values.env, transport.type === 'stdio' ? given.env : [], (key) => key),
    headers: withPairs(
      values.headers,
      transport.type === 'stdio' ? [] : given.headers,
      // Header names do not tell upper from lower case (RFC 9110, section 5.1).
      (key) => key.toLowerCase(),
    ),
    cwd: given.cwd === '' ? values.cwd : given.cwd,
    envFile: given.envFile === '' ? values.envFile : given.envFile,
    headersHelper: given.headersHelper === '' ? values.headersHelper : given.headersHelper,
  }
}

/** Rows with the given ones put in by name. An empty value, as a README leaves it to fill in, replaces none. */
function withPairs(
  rows: readonly PairRow[],
  given: readonly PairRow[],
  keyOf: (name: string) => string,
): PairRow[] {
  const fresh = new Map(given.map((row) => [keyOf(row.name.trim()), row]))
  const kept = rows.map((row) => {
    const key = keyOf(row.name.trim())
    const next = fresh.get(key)
    fresh.delete(key)
    return next === undefined || next.value === '' ? row : { ...row, value: next.value }
  })
  return [...kept, ...fresh.values()]
}
