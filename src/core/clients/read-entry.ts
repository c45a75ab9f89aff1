import type { FoundServer, ImportProblem } from '../../shared/domain/import.ts'
import type {
  ClientFormat,
  Dialect,
  InputVariable,
  Scope,
} from '../../shared/domain/server-definition.ts'
import { EntryFields } from './entry-fields.ts'
import { entryTraits } from './entry-traits.ts'
import { looksLikeServer } from './looks-like-server.ts'
import { isOwnGatewayEntry } from './own-gateway-entry.ts'
import { readTransport } from './read-transport.ts'
import { effectiveEntries, member, type Position, type SyntaxObject } from './syntax/syntax-tree.ts'

/** Notes a problem: `error` where a part of the file was not read. */
export type ReportInFile = (
  at: Position | null,
  message: string,
  severity?: ImportProblem['severity'],
) => void

/** The file that is being read. */
export interface FileReading {
  readonly format: ClientFormat
  /** Absolute path. */
  readonly file: string
  /** For whom the file's servers are, unless a section says otherwise. */
  readonly scope: Scope
  readonly project: string | null
  /** Notes a problem at a place in the file, null where there is no place to point to; a warning unless said otherwise. */
  readonly report: ReportInFile
}

/** A map or list of entries in a file, and what holds for all of them. */
export interface Section {
  /** The key the entries stand under, as `ServerSource.section` tells it; empty for the top level. */
  readonly name: string
  readonly scope: Scope
  readonly project: string | null
  /** Where this client keeps the list of switched-off servers elsewhere than in the entry: its names. */
  readonly disabledNames: ReadonlySet<string>
}

/** What one client's way of writing an entry comes to in the common one. */
export interface EntryRewrite {
  readonly node: SyntaxObject
  /** Instead of the client's usual dialect. */
  readonly dialect?: Dialect
  /** `FoundServer.envNames`. */
  readonly envNames?: readonly string[]
  readonly inputs?: readonly InputVariable[]
}

/**
 * Reads one server's entry. `key` is its name in the file and `at` the place of that name.
 * @returns null for the entry that leads to this program's own gateway.
 */
export function readEntry(
  reading: FileReading,
  section: Section,
  key: string,
  at: Position | null,
  rewrite: EntryRewrite,
): FoundServer | null {
  const traits = entryTraits[reading.format]
  const fields = new EntryFields(flattenEntry(rewrite.node))
  const problems: [Position | null, string][] = []
  const { transport, rawType } = readTransport(fields, traits, (place, message) => {
    problems.push([place ?? at, `Server "${key}": ${message}`])
  })
  if (isOwnGatewayEntry(key, transport)) return null
  for (const [place, message] of problems) reading.report(place, message)
  if (key === '') {
    reading.report(at, 'A server has an empty name. It was taken as "unnamed"; give it a name.')
  }

  for (const entry of fields.unused()) {
    if (!looksLikeServer(entry.value)) continue
    reading.report(
      entry.at,
      `"${entry.key}" looks like a server but stands inside the server "${key}", perhaps by a slip of a brace. It was not imported; move it out.`,
      'error',
    )
  }

  const timeouts: FoundServer['timeouts'] = { startMs: null, callMs: null }
  for (const { key: name, unitMs, bound } of traits.timeouts) {
    timeouts[bound] ??= fields.takeDurationMs(name, unitMs) ?? null
  }
  const allowed = traits.allowKeys.flatMap((name) => fields.takeStrings(name) ?? [])
  const denied = traits.denyKeys.flatMap((name) => fields.takeStrings(name) ?? [])
  const isDisabled = fields.takeBoolean('disabled') ?? false
  const isEnabled = fields.takeBoolean('enabled') ?? true
  return {
    name: key === '' ? 'unnamed' : key,
    scope: section.scope,
    project: section.project,
    transport,
    rawType,
    dialect: rewrite.dialect ?? traits.dialect,
    inputs: [...(rewrite.inputs ?? [])],
    timeouts,
    // An empty list of allowed tools would hide all of them; every client reads it as "not set".
    tools: { allow: allowed.length === 0 ? null : allowed, deny: denied },
    envNames: [...(rewrite.envNames ?? [])],
    source: {
      client: reading.format,
      file: reading.file,
      section: section.name,
      key,
      disabled: isDisabled || !isEnabled || section.disabledNames.has(key),
      extra: fields.rest(),
    },
  }
}

/**
 * Lifts what some files nest to where all others have it: `transport: {type, url, ...}`, and Zed's older
 * `command: {path, args, env}`. What the entry itself says goes first.
 */
function flattenEntry(node: SyntaxObject): SyntaxObject {
  let entries = effectiveEntries(node)
  const transport = member(node, 'transport')
  if (transport?.kind === 'object') {
    entries = [
      ...effectiveEntries(transport),
      ...entries.filter((entry) => entry.key !== 'transport'),
    ]
  }
  const command = member(node, 'command')
  if (command?.kind === 'object') {
    const parts = effectiveEntries(command).map((entry) =>
      entry.key === 'path' ? { ...entry, key: 'command' } : entry,
    )
    entries = [...parts, ...entries.filter((entry) => entry.key !== 'command')]
  }
  return { ...node, entries }
}
