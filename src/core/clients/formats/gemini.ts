import type { FoundServer } from '../../../shared/domain/import.ts'
import type { FileReading } from '../read-entry.ts'
import { memberAt, type SyntaxNode, stringsOf } from '../syntax/syntax-tree.ts'
import { readMcpSections } from './read-mcp-sections.ts'

/**
 * Reads Gemini CLI's settings: `mcpServers`, of which `mcp.allowed` (when it names any) and `mcp.excluded` switch servers off.
 * A server's `httpUrl` is Streamable HTTP and its `url` SSE.
 */
export function readGemini(reading: FileReading, root: SyntaxNode): FoundServer[] {
  const allowed = stringsOf(memberAt(root, ['mcp', 'allowed']))
  const excluded = stringsOf(memberAt(root, ['mcp', 'excluded']))
  return readMcpSections(
    reading,
    root,
    undefined,
    (name) => excluded.includes(name) || (allowed.length > 0 && !allowed.includes(name)),
  )
}
