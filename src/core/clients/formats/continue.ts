import type { FoundServer } from '../../../shared/domain/import.ts'
import type { FileReading } from '../read-entry.ts'
import { type Rewrite, readSection } from '../read-section.ts'
import {
  effectiveEntries,
  member,
  memberAt,
  memberEntry,
  type SyntaxNode,
} from '../syntax/syntax-tree.ts'
import { readMcpSections, sectionOf } from './read-mcp-sections.ts'

/**
 * Reads Continue's configuration: the list `mcpServers` of `config.yaml` and of the files in `mcpServers/`, which may also be
 * JSON files of other clients with a map, and the older `experimental.modelContextProtocolServers` of `config.json`.
 * Headers stand under `requestOptions`.
 */
export function readContinue(reading: FileReading, root: SyntaxNode): FoundServer[] {
  const older = memberAt(root, ['experimental', 'modelContextProtocolServers'])
  const name = 'experimental.modelContextProtocolServers'
  return [
    ...readMcpSections(reading, root, liftHeaders),
    ...readSection(reading, sectionOf(reading, name), older, older?.at ?? null, liftHeaders),
  ]
}

const liftHeaders: Rewrite = (node) => {
  const options = member(node, 'requestOptions')
  const headers = memberEntry(options, 'headers')
  if (
    headers === undefined ||
    options?.kind !== 'object' ||
    member(node, 'headers') !== undefined
  ) {
    return { node }
  }
  const otherOptions = effectiveEntries(options).filter(({ key }) => key !== 'headers')
  const entries = effectiveEntries(node).flatMap((entry) => {
    if (entry.key !== 'requestOptions') return entry
    return otherOptions.length === 0
      ? []
      : { ...entry, value: { ...options, entries: otherOptions } }
  })
  return { node: { ...node, entries: [...entries, headers] } }
}
