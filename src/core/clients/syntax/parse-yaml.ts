import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
} from 'yaml'
import {
  effectiveEntries,
  maxDepth,
  maxNodes,
  type Position,
  type SyntaxEntry,
  SyntaxLimitError,
  type SyntaxNode,
  type SyntaxTree,
} from './syntax-tree.ts'

/**
 * Reads the first document of a YAML 1.2 text. Tolerant: values that hold a syntax error are marked as damaged and the rest
 * is kept. Aliases are followed and merge keys (`<<`) are merged.
 * @throws SyntaxLimitError beyond `maxDepth` or `maxNodes`.
 */
export function parseYaml(text: string): SyntaxTree {
  const lines = new LineCounter()
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    logLevel: 'error',
  })
  const at = (offset: number): Position => {
    const found = lines.linePos(offset)
    return { line: Math.max(1, found.line), column: Math.max(1, found.col) }
  }
  const faults = document.errors.map((error) => ({
    at: at(error.pos[0]),
    message: faultText(error.code),
  }))
  const reader = new YamlReader(
    document,
    at,
    document.errors.map((error) => error.pos[0]),
  )
  return { root: document.contents === null ? null : reader.read(document.contents, 0), faults }
}

/** Only the code is told: the parser's own messages can quote the text around an error, and with it a secret. */
function faultText(code: string): string {
  return `this is not valid YAML (${code.toLowerCase().replaceAll('_', ' ')})`
}

class YamlReader {
  readonly #document: Document.Parsed
  readonly #at: (offset: number) => Position
  readonly #errorOffsets: readonly number[]
  #nodes = 0

  constructor(
    document: Document.Parsed,
    at: (offset: number) => Position,
    errorOffsets: readonly number[],
  ) {
    this.#document = document
    this.#at = at
    this.#errorOffsets = errorOffsets
  }

  read(node: Node | null, depth: number): SyntaxNode {
    this.#nodes += 1
    if (depth > maxDepth) {
      throw new SyntaxLimitError(`values are nested more than ${maxDepth} levels deep`)
    }
    if (this.#nodes > maxNodes) throw new SyntaxLimitError(`there are more than ${maxNodes} values`)
    if (node === null) return { kind: 'scalar', at: null, value: null, raw: '' }
    const [start, , end] = node.range ?? [0, 0, 0]
    const at = this.#at(start)
    if (isAlias(node)) {
      const target = node.resolve(this.#document)
      return target === undefined
        ? { kind: 'scalar', at, value: null, raw: '' }
        : this.read(target, depth + 1)
    }
    const damaged = this.#errorOffsets.some((offset) => offset >= start && offset <= end)
    if (isSeq<Node>(node)) {
      const items = node.items.map((item) => this.read(item, depth + 1))
      return { kind: 'array', at, damaged, items }
    }
    if (isMap<Node, Node | null>(node)) {
      const own: SyntaxEntry[] = []
      const merged: SyntaxEntry[] = []
      for (const pair of node.items) {
        const value = this.read(pair.value, depth + 1)
        const key = keyText(pair.key)
        if (key === '<<') merged.push(...mergedEntries(value))
        else own.push({ key, at: this.#at(pair.key.range?.[0] ?? start), value })
      }
      const ownKeys = new Set(own.map((entry) => entry.key))
      return {
        kind: 'object',
        at,
        damaged,
        entries: [...own, ...merged.filter((entry) => !ownKeys.has(entry.key))],
      }
    }
    if (isScalar(node)) {
      const value: unknown = node.value
      const raw = node.source ?? String(value)
      if (
        typeof value === 'string' ||
        typeof value === 'number' ||
        typeof value === 'boolean' ||
        value === null
      ) {
        return { kind: 'scalar', at, value, raw }
      }
      return { kind: 'scalar', at, value: raw, raw }
    }
    return { kind: 'scalar', at, value: null, raw: '' }
  }
}

function keyText(key: Node): string {
  if (!isScalar(key)) return ''
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value))
}

/** A merge key takes one map, or a list of maps of which the first that has a key wins. */
function mergedEntries(value: SyntaxNode): SyntaxEntry[] {
  if (value.kind === 'object') return effectiveEntries(value)
  if (value.kind !== 'array') return []
  const entries = new Map<string, SyntaxEntry>()
  for (const item of value.items) {
    if (item.kind !== 'object') continue
    for (const entry of effectiveEntries(item)) {
      if (!entries.has(entry.key)) entries.set(entry.key, entry)
    }
  }
  return [...entries.values()]
}
