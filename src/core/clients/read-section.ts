import type { FoundServer } from '../../shared/domain/import.ts'
import { type EntryRewrite, type FileReading, readEntry, type Section } from './read-entry.ts'
import {
  effectiveEntries,
  isNull,
  member,
  type Position,
  type SyntaxNode,
  type SyntaxObject,
  stringOf,
} from './syntax/syntax-tree.ts'

/** Turns one client's entry into the common shape; null leaves the entry out without a word (it is no MCP server). */
export type Rewrite = (node: SyntaxObject, key: string, at: Position | null) => EntryRewrite | null

/** For clients whose entries already have the common shape. */
export const sameShape: Rewrite = (node) => ({ node })

/**
 * Reads all entries of a section: a map of names to entries, or a list of entries with a `name`. Entries that hold a syntax
 * error are left out with a problem; comments (`_comment`, `//`, `$schema`) are passed over.
 */
export function readSection(
  reading: FileReading,
  section: Section,
  node: SyntaxNode | undefined,
  at: Position | null,
  rewrite: Rewrite = sameShape,
): FoundServer[] {
  if (node === undefined || isNull(node)) return []
  if (node.kind === 'scalar') {
    reading.report(
      at,
      `"${section.name}" holds no servers but a single value. It was left out; make it a map of names to servers.`,
      'error',
    )
    return []
  }
  return entriesOf(node).flatMap(({ key, at: place, value }) => {
    if (isComment(key, value)) return []
    if (value.kind !== 'object') {
      reading.report(
        place,
        `${key === '' ? 'An entry without a name' : `Server "${key}"`} is not a map of settings. It was left out; give it a "command" or a "url".`,
        'error',
      )
      return []
    }
    if (value.damaged) {
      reading.report(
        place,
        `Server "${key}" holds a syntax error. It was left out; correct the error and import the file again.`,
        'error',
      )
      return []
    }
    const rewritten = rewrite(value, key, place)
    if (rewritten === null) return []
    return readEntry(reading, section, key, place, rewritten) ?? []
  })
}

function entriesOf(
  node: Exclude<SyntaxNode, { kind: 'scalar' }>,
): { key: string; at: Position | null; value: SyntaxNode }[] {
  if (node.kind === 'object') return effectiveEntries(node)
  return node.items.map((item) => ({
    key: stringOf(member(item, 'name')) ?? '',
    at: item.at,
    value: item.kind === 'object' ? withoutName(item) : item,
  }))
}

/** In a list the name is the key, so it is not also one of the entry's own settings. */
function withoutName(item: SyntaxObject): SyntaxObject {
  return { ...item, entries: item.entries.filter((entry) => entry.key !== 'name') }
}

function isComment(key: string, value: SyntaxNode): boolean {
  return /^(?:_|\$|\/\/|#)/.test(key) && !(value.kind === 'object' && hasAddressOrCommand(value))
}

function hasAddressOrCommand(node: SyntaxObject): boolean {
  return ['command', 'cmd', 'url', 'serverUrl', 'httpUrl', 'uri', 'transport'].some(
    (key) => !isNull(member(node, key)) && member(node, key) !== undefined,
  )
}
