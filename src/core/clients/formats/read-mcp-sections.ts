import type { FoundServer } from '../../../shared/domain/import.ts'
import type { ClientFormat } from '../../../shared/domain/server-definition.ts'
import { looksLikeServer } from '../looks-like-server.ts'
import type { FileReading, Section } from '../read-entry.ts'
import { type Rewrite, readSection, sameShape } from '../read-section.ts'
import {
  effectiveEntries,
  isNull,
  memberAt,
  type SyntaxNode,
  type SyntaxObject,
} from '../syntax/syntax-tree.ts'

/** Where a client looks for servers in its file, and what else may be taken for one there. */
interface Layout {
  /** Paths of keys, each to a map of servers that the client reads. */
  readonly sections: readonly (readonly string[])[]
  /**
   * True where the file holds nothing but MCP settings. Then a file without any section may be a bare map of servers, and an
   * entry beside the section is a slip of a brace.
   */
  readonly isDedicated: boolean
}

const dedicated: Layout = { sections: [['mcpServers']], isDedicated: true }
const shared: Layout = { sections: [['mcpServers']], isDedicated: false }

const layouts: Readonly<Record<ClientFormat, Layout>> = {
  'claude-json': shared,
  'mcp-json': dedicated,
  'claude-desktop': dedicated,
  cursor: dedicated,
  vscode: { sections: [['servers'], ['mcp', 'servers']], isDedicated: true },
  windsurf: dedicated,
  cline: dedicated,
  roo: dedicated,
  kilocode: dedicated,
  zed: { sections: [['context_servers']], isDedicated: false },
  continue: shared,
  codex: { sections: [['mcp_servers']], isDedicated: false },
  gemini: shared,
  antigravity: dedicated,
  goose: { sections: [['extensions']], isDedicated: false },
  opencode: { sections: [['mcp']], isDedicated: false },
  amazonq: dedicated,
  kiro: dedicated,
  junie: dedicated,
  librechat: shared,
}

/** Keys under which one client or another keeps its servers. */
const knownRootKeys = ['mcpServers', 'servers', 'context_servers', 'mcp_servers']

/**
 * Reads the servers of a file whose root holds one or more maps of servers. Servers under a key that only other clients read
 * are taken too, with a problem that says so, since a person put them there to be used.
 * @param disabledNames servers that the file switches off elsewhere than in their entries.
 */
export function readMcpSections(
  reading: FileReading,
  root: SyntaxNode,
  rewrite: Rewrite = sameShape,
  disabledNames: (name: string) => boolean = () => false,
): FoundServer[] {
  const layout = layouts[reading.format]
  const found: FoundServer[] = []
  const read = (path: readonly string[], node: SyntaxNode): void => {
    const section = sectionOf(reading, path.join('.'))
    found.push(...readSection(reading, section, node, node.at, rewrite))
  }

  let sections = 0
  for (const path of layout.sections) {
    const node = memberAt(root, path)
    if (node === undefined) continue
    sections += 1
    read(path, node)
  }
  const ownKeys = layout.sections.map(([key]) => key)
  for (const key of knownRootKeys.filter((candidate) => !ownKeys.includes(candidate))) {
    const node = memberAt(root, [key])
    if (node?.kind !== 'object' || !node.entries.some(({ value }) => looksLikeServer(value)))
      continue
    sections += 1
    const own = layout.sections[0]?.join('.') ?? ''
    reading.report(
      node.at,
      `Servers stand under "${key}", which this client does not read. They were imported; move them to "${own}" if the client is to have them.`,
    )
    read([key], node)
  }
  if (root.kind === 'object' && layout.isDedicated) {
    if (sections === 0) found.push(...readBareMap(reading, root, rewrite))
    else reportStrays(reading, root)
  }
  return found.map((server) =>
    disabledNames(server.source.key)
      ? { ...server, source: { ...server.source, disabled: true } }
      : server,
  )
}

/** A section of the file's own scope, without a list of switched-off servers. */
export function sectionOf(reading: FileReading, name: string): Section {
  return { name, scope: reading.scope, project: reading.project, disabledNames: new Set() }
}

function readBareMap(reading: FileReading, root: SyntaxObject, rewrite: Rewrite): FoundServer[] {
  const entries = effectiveEntries(root).filter(({ value }) => looksLikeServer(value))
  if (entries.length > 0 && reading.format !== 'mcp-json') {
    const own = layouts[reading.format].sections[0]?.join('.') ?? ''
    reading.report(
      root.at,
      `The servers stand at the top level. They were imported; put them under "${own}", where this client looks for them.`,
    )
  }
  return readSection(reading, sectionOf(reading, ''), { ...root, entries }, root.at, rewrite)
}

/**
 * Warns of entries that stand beside the map of servers instead of inside it. They are not imported: the client does not read
 * them either.
 */
export function reportStrays(reading: FileReading, root: SyntaxNode): void {
  if (root.kind !== 'object') return
  for (const { key, at, value } of effectiveEntries(root)) {
    if (isNull(value) || !looksLikeServer(value)) continue
    reading.report(
      at,
      `"${key}" looks like a server but stands beside the map of servers, perhaps by a slip of a brace. It was not imported; move it inside.`,
      'error',
    )
  }
}
