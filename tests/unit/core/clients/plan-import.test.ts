import { describe, expect, test } from 'vitest'
import {
  type ExtractedServer,
  extractFound,
  fingerprintOf,
} from '../../../../src/core/clients/extract-found.ts'
import { mergeFound } from '../../../../src/core/clients/merge-found.ts'
import { parseClientFile } from '../../../../src/core/clients/parse-client-file.ts'
import {
  findGone,
  type PlannedServer,
  planImport,
} from '../../../../src/core/clients/plan-import.ts'
import { createServerId } from '../../../../src/core/servers/server-registry.ts'
import type {
  ClientFormat,
  ServerDefinition,
} from '../../../../src/shared/domain/server-definition.ts'
import { defaultSupervision } from '../../../../src/shared/domain/supervision.ts'

const files = {
  cursor: '/home/ann/.cursor/mcp.json',
  windsurf: '/home/ann/.windsurf.json',
} as const
type File = keyof typeof files

/** What is found where each file has the given servers: command by name. */
function found(entries: Partial<Record<File, Record<string, string>>>): ExtractedServer[] {
  const servers = Object.entries(entries).flatMap(([format, commands]) => {
    const mcpServers = Object.fromEntries(
      Object.entries(commands).map(([name, command]) => [name, { command }]),
    )
    return parseClientFile({
      // The keys of `entries` are those of `files`.
      format: format as ClientFormat & File,
      file: files[format as File],
      text: JSON.stringify({ mcpServers }),
      homeDir: '/home/ann',
      platform: 'linux',
    }).servers
  })
  return mergeFound(servers).map((server) => extractFound(server, () => false))
}

/** What the registry holds after everything that was planned has been taken as it is. */
function registered(planned: readonly PlannedServer[]): ServerDefinition[] {
  return planned.map(({ found: { server }, name }) => ({
    id: createServerId(),
    name,
    enabled: false,
    scope: server.scope,
    project: server.project,
    transport: server.transport,
    dialect: server.dialect,
    inputs: [],
    timeouts: server.timeouts,
    supervision: defaultSupervision,
    tools: server.tools,
    sources: server.sources.map((source) => ({ ...source, fingerprint: fingerprintOf(server) })),
    editedHere: false,
  }))
}

const inShort = (planned: readonly PlannedServer[]) =>
  planned.map((one) => `${one.name} ${one.change}`)

describe('planImport', () => {
  const first = registered(planImport(found({ cursor: { a: 'x', b: 'y' } }), []))

  test('new, unchanged and changed', () => {
    expect(inShort(planImport(found({ cursor: { a: 'x' } }), []))).toEqual(['a new'])
    expect(inShort(planImport(found({ cursor: { a: 'x', b: 'z', c: 'w' } }), first))).toEqual([
      'a unchanged',
      'b changed',
      'c new',
    ])
  })

  test('the same server in another client’s file is the one that is there', () => {
    const [planned] = planImport(found({ windsurf: { a: 'x' } }), first)
    expect(planned).toMatchObject({ name: 'a', change: 'unchanged' })
  })

  test('a different server of the same name gets a name of its own', () => {
    expect(inShort(planImport(found({ windsurf: { a: 'other' } }), first))).toEqual([
      'a-windsurf new',
    ])
    const taken = [...first, ...registered(planImport(found({ windsurf: { a: 'other' } }), first))]
    const more = found({ windsurf: { 'a-windsurf': 'third' } })
    expect(inShort(planImport(more, taken))).toEqual(['a-windsurf-windsurf new'])
  })

  test('a server keeps the name that a person gave it', () => {
    const renamed = first.map((server) => ({ ...server, name: `my ${server.name}` }))
    expect(inShort(planImport(found({ cursor: { a: 'x', b: 'z' } }), renamed))).toEqual([
      'my a unchanged',
      'my b changed',
    ])
  })

  test('one server of two files that part becomes two', () => {
    const both = registered(planImport(found({ cursor: { a: 'x' }, windsurf: { a: 'x' } }), []))
    expect(both).toHaveLength(1)
    const parted = found({ cursor: { a: 'x' }, windsurf: { a: 'changed' } })
    expect(inShort(planImport(parted, both))).toEqual(['a unchanged', 'a-windsurf new'])
  })
})

describe('findGone', () => {
  const known = registered(planImport(found({ cursor: { a: 'x', b: 'y' } }), []))
  const planned = planImport(found({ cursor: { a: 'x' } }), known)
  const gone = (read: readonly string[], servers: readonly ServerDefinition[] = known) =>
    findGone(planned, servers, new Set(read)).map((server) => server.name)

  test('what its file no longer has is gone', () => {
    expect(gone([files.cursor])).toEqual(['b'])
  })

  test('what stands in a file that was not read, or in none, is not', () => {
    expect(gone([files.windsurf])).toEqual([])
    expect(
      gone(
        [files.cursor],
        known.map((server) => ({ ...server, sources: [] })),
      ),
    ).toEqual([])
  })
})
