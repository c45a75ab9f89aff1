import type { FoundServer } from '../../../shared/domain/import.ts'
import type { FileReading } from '../read-entry.ts'
import { type SyntaxNode, stringsWithin } from '../syntax/syntax-tree.ts'
import { readMcpSections } from './read-mcp-sections.ts'

/**
 * Reads the `mcpServers` of `librechat.yaml`. Placeholders such as `{{LIBRECHAT_USER_ID}}` stand for the person who is logged
 * in there; they are kept as text, with a problem, since nothing else can fill them in.
 */
export function readLibrechat(reading: FileReading, root: SyntaxNode): FoundServer[] {
  return readMcpSections(reading, root, (node, key, at) => {
    if (stringsWithin(node).some((text) => /\{\{\w+\}\}/.test(text))) {
      reading.report(
        at,
        `Server "${key}": It uses {{...}} placeholders that only LibreChat can fill in. They were kept as text; replace them before you switch the server on.`,
      )
    }
    return { node }
  })
}
