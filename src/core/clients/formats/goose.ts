import type { FoundServer } from '../../../shared/domain/import.ts'
import type { FileReading } from '../read-entry.ts'
import {
  effectiveEntries,
  member,
  type SyntaxNode,
  stringOf,
  stringsOf,
} from '../syntax/syntax-tree.ts'
import { readMcpSections } from './read-mcp-sections.ts'

/** Extensions that are part of Goose or of its face, and speak no MCP to the outside. */
const ownTypes = new Set(['builtin', 'platform', 'frontend', 'inline_python'])

/**
 * Reads the `extensions` of Goose's configuration, less those that Goose brings along. `env_keys` names variables that
 * Goose keeps in the keychain (`FoundServer.envNames`). In headers Goose fills in `$X` and `${X}`, as the dialect `gemini` does;
 * commands and variables are literal.
 */
export function readGoose(reading: FileReading, root: SyntaxNode): FoundServer[] {
  return readMcpSections(reading, root, (node) => {
    const type = stringOf(member(node, 'type'))
    const isBundled = stringOf(member(node, 'cmd')) === undefined && isTrue(member(node, 'bundled'))
    if ((type !== undefined && ownTypes.has(type)) || isBundled) return null
    const isRemote = stringOf(member(node, 'uri')) !== undefined
    return {
      node: { ...node, entries: effectiveEntries(node).filter(({ key }) => key !== 'env_keys') },
      dialect: isRemote ? 'gemini' : 'literal',
      envNames: stringsOf(member(node, 'env_keys')),
    }
  })
}

function isTrue(node: SyntaxNode | undefined): boolean {
  return node?.kind === 'scalar' && node.value === true
}
