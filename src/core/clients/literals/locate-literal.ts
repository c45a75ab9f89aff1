import type { FoundLiteral } from './found-literal.ts'
import type { LocatedText, TextPath } from './located-text.ts'

/** Keys under which an entry says what is run, apart from its variables and headers. */
const launchKeys: ReadonlySet<string> = new Set([
  'command',
  'cmd',
  'path',
  'args',
  'url',
  'serverUrl',
  'httpUrl',
  'uri',
])

/**
 * Where a literal's whole text stands in its entry: the same text under the same name. Usually one place; more where an
 * argument is repeated, and none where the file spells it in another way.
 */
export function locateLiteral(
  { section, key, place, text }: FoundLiteral,
  located: readonly LocatedText[],
): LocatedText[] {
  const entry = entryPathOf(section, key, located)
  if (entry === null || place === null) return []
  const matches = located.filter(({ path, value }) => {
    if (value !== text || !startsWith(path, entry)) return false
    const last = path.at(-1)
    if (place.kind === 'env' || place.kind === 'header') return last === place.key
    return path.slice(entry.length).some((part) => launchKeys.has(String(part)))
  })
  // Of a repeated key the last one counts.
  const byPath = new Map(matches.map((match) => [JSON.stringify(match.path), match]))
  return [...byPath.values()]
}

/** The path of an entry, from how its source names it; null where the section is a list that has no such name. */
function entryPathOf(
  section: string,
  key: string,
  located: readonly LocatedText[],
): TextPath | null {
  const project = /^projects\[(".*")\]\.mcpServers$/.exec(section)?.[1]
  const sectionPath: TextPath =
    project === undefined
      ? section.split('.').filter((part) => part !== '')
      : // The reader writes it by JSON.stringify.
        ['projects', String(JSON.parse(project)), 'mcpServers']
  const within = located.filter(({ path }) => startsWith(path, sectionPath))
  const isList = within.some(({ path }) => typeof path[sectionPath.length] === 'number')
  if (!isList) return [...sectionPath, key]
  const name = within.findLast(
    ({ path, value }) =>
      path.length === sectionPath.length + 2 && path.at(-1) === 'name' && value === key,
  )
  return name?.path.slice(0, -1) ?? null
}

function startsWith(path: TextPath, begin: TextPath): boolean {
  return begin.length < path.length && begin.every((part, index) => path[index] === part)
}
