import type { FoundServer } from '../../../shared/domain/import.ts'
import { findReferences } from '../../config/variables/parse-references.ts'
import type { FileReading } from '../read-entry.ts'
import type { Rewrite } from '../read-section.ts'
import {
  effectiveEntries,
  member,
  type SyntaxEntry,
  type SyntaxNode,
  type SyntaxObject,
  stringOf,
  stringsWithin,
} from '../syntax/syntax-tree.ts'
import { readMcpSections } from './read-mcp-sections.ts'

/**
 * Reads Codex's `config.toml`. Codex takes values literally and names environment variables in keys of their own, which are
 * brought into the normal form of the `native` dialect:
 * `bearer_token_env_var = "X"` is the header `Authorization: Bearer ${X}`; `env_http_headers = { H = "X" }` is `H: ${X}`;
 * `env_vars = ["X"]`, which hands X on where it is set, is the variable `X=${X:-}`.
 * An entry without any of these is `literal`.
 */
export function readCodex(reading: FileReading, root: SyntaxNode): FoundServer[] {
  return readMcpSections(reading, root, (node, key, at) => {
    const rewritten = rewriteEntry(node, key, at)
    if (rewritten?.dialect === 'native' && hasLiteralReference(node)) {
      reading.report(
        at,
        `Server "${key}": A value holds text such as \${X} beside settings that name environment variables. Codex means the text itself, but here it would be filled in; check the server's values.`,
      )
    }
    return rewritten
  })
}

const rewriteEntry: Rewrite = (node) => {
  const headers: SyntaxEntry[] = objectEntries(member(node, 'http_headers'))
  const env: SyntaxEntry[] = objectEntries(member(node, 'env'))
  const literalCount = headers.length + env.length
  for (const entry of objectEntries(member(node, 'env_http_headers'))) {
    const name = stringOf(entry.value)
    if (name !== undefined) headers.push(textEntry(entry.key, `\${${name}}`))
  }
  const bearer = stringOf(member(node, 'bearer_token_env_var'))
  if (bearer !== undefined) headers.push(textEntry('Authorization', `Bearer \${${bearer}}`))
  const forwarded = member(node, 'env_vars')
  const stated = new Set(env.map((entry) => entry.key))
  for (const item of forwarded?.kind === 'array' ? forwarded.items : []) {
    const name = stringOf(item) ?? stringOf(member(item, 'name'))
    if (name !== undefined && !stated.has(name)) env.push(textEntry(name, `\${${name}:-}`))
  }
  const hasReferences = headers.length + env.length > literalCount

  const replaced = new Set([
    'http_headers',
    'env',
    'env_http_headers',
    'bearer_token_env_var',
    'env_vars',
  ])
  const entries = effectiveEntries(node).filter(
    ({ key, value }) => !replaced.has(key) || (key === 'env' && value.kind !== 'object'),
  )
  if (headers.length > 0) entries.push(mapEntry('headers', headers))
  if (env.length > 0) entries.push(mapEntry('env', env))
  return { node: { ...node, entries }, dialect: hasReferences ? 'native' : 'literal' }
}

function objectEntries(node: SyntaxNode | undefined): SyntaxEntry[] {
  return node?.kind === 'object' ? effectiveEntries(node) : []
}

function textEntry(key: string, value: string): SyntaxEntry {
  return { key, at: null, value: { kind: 'scalar', at: null, value, raw: value } }
}

function mapEntry(key: string, entries: SyntaxEntry[]): SyntaxEntry {
  return { key, at: null, value: { kind: 'object', at: null, damaged: false, entries } }
}

/** True when a text that Codex takes literally reads as a reference in the `native` dialect. */
function hasLiteralReference(node: SyntaxObject): boolean {
  return stringsWithin(node).some((text) =>
    // A reference to elsewhere is one in every dialect, and the import takes it for a literal in all of them.
    findReferences('native', text).some(({ kind }) => kind !== 'external'),
  )
}
