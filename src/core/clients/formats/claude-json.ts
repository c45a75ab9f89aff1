import type { FoundServer } from '../../../shared/domain/import.ts'
import type { FileReading } from '../read-entry.ts'
import { readSection } from '../read-section.ts'
import { parseSyntax } from '../syntax/parse-syntax.ts'
import {
  effectiveEntries,
  member,
  memberEntry,
  type SyntaxNode,
  stringsOf,
} from '../syntax/syntax-tree.ts'
import { reportStrays } from './read-mcp-sections.ts'

/** Keys that only a record of one project has (`projects[path]`), never the root of Claude Code's file. */
const projectRecordKeys = [
  'mcpContextUris',
  'hasTrustDialogAccepted',
  'projectOnboardingSeenCount',
  'hasCompletedProjectOnboarding',
  'hasClaudeMdExternalIncludesApproved',
  'exampleFiles',
  'lastSessionId',
]

/** True when the root is not Claude Code's file but one project's record out of it. */
function isProjectRecord(root: SyntaxNode): boolean {
  if (member(root, 'projects') !== undefined || member(root, 'numStartups') !== undefined) {
    return false
  }
  return projectRecordKeys.filter((key) => member(root, key) !== undefined).length >= 2
}

/**
 * Reads Claude Code's own file: `mcpServers` is the user's, and every `projects[path].mcpServers` is this person's in that
 * folder (scope `local`). A server that its record's `disabledMcpServers` names is switched off.
 */
export function readClaudeJson(reading: FileReading, root: SyntaxNode): FoundServer[] {
  const own = memberEntry(root, 'mcpServers')
  if (isProjectRecord(root)) {
    if (own?.value.kind === 'object' && own.value.entries.length > 0) {
      reading.report(
        own.at,
        'The file is a single project record, which does not tell its folder. Its servers were not imported; import the complete .claude.json.',
        'error',
      )
    }
    return []
  }
  const found = readSection(
    reading,
    {
      name: 'mcpServers',
      scope: 'user',
      project: null,
      disabledNames: new Set(stringsOf(member(root, 'disabledMcpServers'))),
    },
    own?.value,
    own?.at ?? null,
  )
  const projects = member(root, 'projects')
  for (const { key: project, value: record } of projects?.kind === 'object'
    ? effectiveEntries(projects)
    : []) {
    const servers = memberEntry(record, 'mcpServers')
    const section = {
      name: `projects[${JSON.stringify(project)}].mcpServers`,
      scope: 'local' as const,
      project,
      disabledNames: new Set(stringsOf(member(record, 'disabledMcpServers'))),
    }
    found.push(...readSection(reading, section, servers?.value, servers?.at ?? null))
  }
  reportStrays(reading, root)
  return found
}

/** What a person answered about the servers of one project's `.mcp.json`; Claude Code keeps it in its own file. */
export interface McpJsonChoice {
  /** The project's folder; null for the answers at the root, which hold everywhere. */
  readonly project: string | null
  /** Names that were approved. */
  readonly enabled: readonly string[]
  /** Names that were refused, so that Claude Code does not start them. */
  readonly disabled: readonly string[]
}

/** The answers in the text of a `.claude.json`. Never throws: a text that cannot be read has none. */
export function readMcpJsonChoices(text: string): McpJsonChoice[] {
  const { root } = parseSyntax('jsonc', text)
  if (root === null) return []
  const projects = member(root, 'projects')
  const records: [string | null, SyntaxNode][] = [
    [null, root],
    ...(projects?.kind === 'object' ? effectiveEntries(projects) : []).map(
      ({ key, value }): [string, SyntaxNode] => [key, value],
    ),
  ]
  return records
    .map(([project, record]) => ({
      project,
      enabled: stringsOf(member(record, 'enabledMcpjsonServers')),
      disabled: stringsOf(member(record, 'disabledMcpjsonServers')),
    }))
    .filter(({ enabled, disabled }) => enabled.length + disabled.length > 0)
}

/** The folders that Claude Code has a record of, in file order. Never throws: a text that cannot be read has none. */
export function claudeProjectFolders(text: string): string[] {
  const projects = member(parseSyntax('jsonc', text).root ?? undefined, 'projects')
  return projects?.kind === 'object' ? effectiveEntries(projects).map(({ key }) => key) : []
}

/** Marks those servers of `.mcp.json` files as disabled that were refused in Claude Code. */
export function applyMcpJsonChoices(
  found: readonly FoundServer[],
  choices: readonly McpJsonChoice[],
): FoundServer[] {
  return found.map((server) => {
    const isRefused = choices.some(
      ({ project, disabled }) =>
        (project === null || project === server.project) && disabled.includes(server.source.key),
    )
    return server.source.client === 'mcp-json' && isRefused
      ? { ...server, source: { ...server.source, disabled: true } }
      : server
  })
}
