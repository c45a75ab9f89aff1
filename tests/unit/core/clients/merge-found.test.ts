import { describe, expect, test } from 'vitest'
import {
  applyMcpJsonChoices,
  readMcpJsonChoices,
} from '../../../../src/core/clients/formats/claude-json.ts'
import { mergeFound } from '../../../../src/core/clients/merge-found.ts'
import { parseClientFile } from '../../../../src/core/clients/parse-client-file.ts'
import type { FoundServer } from '../../../../src/shared/domain/import.ts'
import type { ClientFormat } from '../../../../src/shared/domain/server-definition.ts'

const files: Partial<Record<ClientFormat, string>> = {
  'claude-json': '/home/ann/.claude.json',
  cursor: '/home/ann/.cursor/mcp.json',
  'mcp-json': '/home/ann/shop/.mcp.json',
  windsurf: '/home/ann/.codeium/windsurf/mcp_config.json',
  opencode: '/home/ann/.config/opencode/opencode.json',
}

function found(format: ClientFormat, servers: Record<string, unknown>): FoundServer[] {
  const key = format === 'opencode' ? 'mcp' : 'mcpServers'
  return parseClientFile({
    format,
    file: files[format] ?? '/home/ann/other.json',
    text: JSON.stringify({ [key]: servers }),
    homeDir: '/home/ann',
    platform: 'linux',
  }).servers
}

/** `name: client client ...` for each merged server. */
function merged(...lists: FoundServer[][]): string[] {
  return mergeFound(lists.flat()).map(
    ({ name, sources }) => `${name}: ${sources.map(({ client }) => client).join(' ')}`,
  )
}

describe('mergeFound', () => {
  test('the same server under its dialects is one with several sources', () => {
    expect(
      merged(
        found('claude-json', { a: { command: 'x', args: ['${T}'], env: { A: '1', B: '${T}' } } }),
        found('cursor', {
          a: { command: 'x', args: ['${env:T}'], env: { B: '${env:T}', A: '1' } },
        }),
        found('opencode', {
          a: { type: 'local', command: ['x', '{env:T}'], environment: { A: '1', B: '{env:T}' } },
        }),
      ),
    ).toEqual(['a: claude-json cursor opencode'])
  })

  test('the same text that means something else is another server', () => {
    expect(
      merged(
        found('claude-json', { a: { command: 'x', args: ['${T}'] } }),
        found('cursor', { a: { command: 'x', args: ['${T}'] } }),
      ),
    ).toEqual(['a: claude-json', 'a-cursor: cursor'])
  })

  test('different servers of one name are told apart, and no name of a file is taken away', () => {
    expect(
      merged(
        found('claude-json', { a: { command: 'one' } }),
        found('cursor', { a: { command: 'two' } }),
        found('windsurf', { 'a-cursor': { command: 'three' }, a: { command: 'two' } }),
        found('cursor', { a: { command: 'four' } }),
      ),
    ).toEqual([
      'a: claude-json',
      'a-cursor-2: cursor windsurf',
      'a-cursor: windsurf',
      'a-cursor-3: cursor',
    ])
  })

  test('scopes and projects are kept apart', () => {
    expect(
      merged(
        found('claude-json', { a: { command: 'x' } }),
        found('mcp-json', { a: { command: 'x' } }),
      ),
    ).toEqual(['a: claude-json', 'a: mcp-json'])
  })

  test('a file that names the transport settles what another one left open', () => {
    const servers = mergeFound([
      ...found('cursor', { a: { url: 'https://a.example.com/mcp' } }),
      ...found('claude-json', { a: { type: 'sse', url: 'https://a.example.com/mcp', timeout: 5 } }),
    ])
    expect(servers).toHaveLength(1)
    expect(servers[0]?.transport.type).toBe('sse')
    expect(servers[0]?.timeouts.callMs).toBe(5)
  })

  test('two files that name different transports have two servers', () => {
    expect(
      merged(
        found('cursor', { a: { type: 'http', url: 'https://a.example.com/mcp' } }),
        found('claude-json', { a: { type: 'sse', url: 'https://a.example.com/mcp' } }),
      ),
    ).toEqual(['a: cursor', 'a-claude-json: claude-json'])
  })

  test('merging what was merged before changes nothing', () => {
    const all = [
      ...found('claude-json', { a: { command: 'one' }, b: { url: 'https://b.example.com/mcp' } }),
      ...found('cursor', { a: { command: 'two' }, b: { url: 'https://b.example.com/mcp' } }),
    ]
    expect(mergeFound(all)).toEqual(mergeFound(all))
    expect(mergeFound([...all, ...all]).map(({ name }) => name)).toEqual(
      mergeFound(all).map(({ name }) => name),
    )
  })
})

test("a refusal in Claude Code's file switches a project's server off, in that project only", () => {
  const choices = readMcpJsonChoices(
    JSON.stringify({
      projects: {
        '/home/ann/shop': { disabledMcpjsonServers: ['deploy'], enabledMcpjsonServers: ['build'] },
        '/home/ann/other': { disabledMcpjsonServers: ['build'] },
        '/home/ann/none': {},
      },
    }),
  )
  expect(choices).toHaveLength(2)
  const servers = applyMcpJsonChoices(
    [
      ...found('mcp-json', { build: { command: 'b' }, deploy: { command: 'd' } }),
      ...found('cursor', { deploy: { command: 'd' } }),
    ],
    choices,
  )
  expect(servers.map(({ source }) => `${source.client} ${source.key} ${source.disabled}`)).toEqual([
    'mcp-json build false',
    'mcp-json deploy true',
    'cursor deploy false',
  ])
  expect(readMcpJsonChoices('{ broken')).toEqual([])
})
