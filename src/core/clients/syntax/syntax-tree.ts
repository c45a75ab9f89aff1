import type { JsonValue } from '../../../shared/lib/json.ts'

/** A place in a text. Lines and columns count from 1; columns count UTF-16 code units. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** One value of a parsed file, whichever syntax it was written in. `at` is null where the parser tells no position. */
export type SyntaxNode = SyntaxObject | SyntaxArray | SyntaxScalar

/**
 * A map. Entries stand in file order and may repeat a key: `member` decides which one counts. Keys are data, so `__proto__`
 * is a key like any other. `damaged` means that a syntax error lies inside, so that its content cannot be trusted.
 */
export interface SyntaxObject {
  readonly kind: 'object'
  readonly at: Position | null
  readonly entries: readonly SyntaxEntry[]
  readonly damaged: boolean
}

/** A list; `damaged` as in `SyntaxObject`. */
export interface SyntaxArray {
  readonly kind: 'array'
  readonly at: Position | null
  readonly items: readonly SyntaxNode[]
  readonly damaged: boolean
}

/** A string, number, boolean or null. `raw` is the text of a number as it stands in the file, so that `1.0` and `007` survive. */
export interface SyntaxScalar {
  readonly kind: 'scalar'
  readonly at: Position | null
  readonly value: string | number | boolean | null
  readonly raw: string
}

/** One key with its value. `at` is where the key stands. */
export interface SyntaxEntry {
  readonly key: string
  readonly at: Position | null
  readonly value: SyntaxNode
}

/** Something wrong with the text itself. `message` says what, in words for a person, without any value from the file. */
export interface SyntaxFault {
  readonly at: Position | null
  readonly message: string
}

/** What could be read of a text. `root` is null when nothing could; what stands in it beside faults is sound unless `damaged`. */
export interface SyntaxTree {
  readonly root: SyntaxNode | null
  readonly faults: readonly SyntaxFault[]
}

/** How deeply values may be nested. Real files stay under 20; the bound keeps hostile ones from exhausting the stack. */
export const maxDepth = 200

/** How many values one file may hold once YAML's aliases are followed. Keeps a chain of aliases from filling the memory. */
export const maxNodes = 50_000

/** Thrown inside the parsers when a file goes beyond `maxDepth` or `maxNodes`; `parseSyntax` turns it into a fault. */
export class SyntaxLimitError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'SyntaxLimitError'
  }
}

/** The entries that count: for a repeated key the last value, at the place of the first, as `JSON.parse` does it. */
export function effectiveEntries(object: SyntaxObject): SyntaxEntry[] {
  const byKey = new Map<string, SyntaxEntry>()
  for (const entry of object.entries) byKey.set(entry.key, entry)
  return [...byKey.values()]
}

/** The entry of `key` that counts, or undefined. */
export function memberEntry(node: SyntaxNode | undefined, key: string): SyntaxEntry | undefined {
  if (node?.kind !== 'object') return undefined
  return node.entries.findLast((entry) => entry.key === key)
}

/** The value of `key` that counts, or undefined. */
export function member(node: SyntaxNode | undefined, key: string): SyntaxNode | undefined {
  return memberEntry(node, key)?.value
}

/** The value along a path of keys, or undefined. */
export function memberAt(
  node: SyntaxNode | undefined,
  path: readonly string[],
): SyntaxNode | undefined {
  let current = node
  for (const key of path) current = member(current, key)
  return current
}

/** The text of a string node, or undefined for anything else. */
export function stringOf(node: SyntaxNode | undefined): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined
}

/** The strings of a list, leaving out what is none; an empty list for anything else. */
export function stringsOf(node: SyntaxNode | undefined): string[] {
  if (node?.kind !== 'array') return []
  return node.items.flatMap((item) => stringOf(item) ?? [])
}

/** All strings in a value, at any depth; keys are not among them. */
export function stringsWithin(node: SyntaxNode): string[] {
  if (node.kind === 'scalar') return typeof node.value === 'string' ? [node.value] : []
  const inner =
    node.kind === 'array' ? node.items : effectiveEntries(node).map(({ value }) => value)
  return inner.flatMap(stringsWithin)
}

/** True for a scalar null, which most clients read as "not there". */
export function isNull(node: SyntaxNode | undefined): boolean {
  return node?.kind === 'scalar' && node.value === null
}

/** The node as a JSON value. A number that JSON cannot carry (infinity, NaN) becomes its text. */
export function toJson(node: SyntaxNode): JsonValue {
  if (node.kind === 'scalar') {
    return typeof node.value === 'number' && !Number.isFinite(node.value) ? node.raw : node.value
  }
  if (node.kind === 'array') return node.items.map(toJson)
  // Object.fromEntries defines its keys, so a `__proto__` becomes a plain key and never a prototype.
  return Object.fromEntries(effectiveEntries(node).map(({ key, value }) => [key, toJson(value)]))
}
