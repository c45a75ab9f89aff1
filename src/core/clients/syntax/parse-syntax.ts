import { parseJsonc } from './parse-jsonc.ts'
import { parseToml } from './parse-toml.ts'
import { parseYaml } from './parse-yaml.ts'
import {
  type SyntaxFault,
  SyntaxLimitError,
  type SyntaxNode,
  type SyntaxTree,
} from './syntax-tree.ts'

/** The notations in which clients keep their servers. `jsonc` covers strict JSON too. */
export type SyntaxKind = 'jsonc' | 'toml' | 'yaml'

const parsers: Record<SyntaxKind, (text: string) => SyntaxTree> = {
  jsonc: parseJsonc,
  toml: parseToml,
  yaml: parseYaml,
}

/** Reads a text of the given notation. Never throws: whatever is wrong becomes a fault. A byte order mark is no fault. */
export function parseSyntax(kind: SyntaxKind, text: string): SyntaxTree {
  const plain = text.startsWith('\uFEFF') ? text.slice(1) : text
  if (plain.trim() === '')
    return { root: null, faults: [{ at: null, message: 'the file is empty' }] }
  try {
    return parsers[kind](plain)
  } catch (error) {
    const message =
      error instanceof SyntaxLimitError ? error.message : 'the parser could not cope with it'
    return { root: null, faults: [{ at: null, message }] }
  }
}

/** A key that stands more than once in the same map. */
export interface RepeatedKey extends SyntaxFault {
  readonly key: string
}

/**
 * Every repeated key, at the place of the repetition. Damaged maps are passed over: there a value may have slipped to where a key
 * belongs, and problems name keys but never values.
 */
export function repeatedKeys(root: SyntaxNode): RepeatedKey[] {
  const found: RepeatedKey[] = []
  const waiting: SyntaxNode[] = [root]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.kind === 'array') waiting.push(...node.items.toReversed())
    if (node.kind !== 'object') continue
    const seen = new Set<string>()
    for (const { key, at } of node.damaged ? [] : node.entries) {
      if (seen.has(key)) found.push({ key, at, message: 'the key stands more than once' })
      seen.add(key)
    }
    waiting.push(...node.entries.map((entry) => entry.value).toReversed())
  }
  return found
}
