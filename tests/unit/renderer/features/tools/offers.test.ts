import { describe, expect, test } from 'vitest'
import {
  countKinds,
  filterGroups,
  listRows,
} from '../../../../../src/renderer/features/tools/filter-offers.ts'
import {
  effectOf,
  estimateTokens,
  offerGroups,
} from '../../../../../src/renderer/features/tools/offer.ts'
import { resolveOffer } from '../../../../../src/renderer/features/tools/resolve-offer.ts'
import { serverIdSchema } from '../../../../../src/shared/domain/ids.ts'
import type { Inventory } from '../../../../../src/shared/domain/inventory.ts'

const inventory: Inventory = {
  serverId: serverIdSchema.parse('srv_0000000000000001'),
  serverName: 'github',
  tools: [
    {
      name: 'list_issues',
      description: 'Lists the issues of a repository.',
      inputSchema: { type: 'object', properties: { owner: { type: 'string' } } },
      annotations: { readOnlyHint: true, idempotentHint: true },
    },
    { name: 'merge', inputSchema: { type: 'object' } },
  ],
  prompts: [
    {
      name: 'review',
      arguments: [
        { name: 'number', required: true, description: 'Of the request' },
        { name: 'to' },
      ],
    },
  ],
  resources: [{ uri: 'file:///readme.md', name: 'Read me' }],
  resourceTemplates: [{ uriTemplate: 'repo://{owner}{?page}', name: 'Repository' }],
  instructions: null,
  at: 0,
}
const other: Inventory = {
  ...inventory,
  serverId: serverIdSchema.parse('srv_0000000000000002'),
  serverName: 'Apple',
  tools: [{ name: 'issue', inputSchema: { type: 'object' } }],
  prompts: [],
  resources: [],
  resourceTemplates: [],
}
const groups = offerGroups([inventory, other])

describe('offers', () => {
  test('are grouped by server in the order of names', () => {
    expect(groups.map(({ serverName }) => serverName)).toEqual(['Apple', 'github'])
    expect(countKinds(groups)).toEqual({ all: 6, tool: 3, prompt: 1, resource: 1, template: 1 })
  })

  test('of prompts and templates ask for texts', () => {
    expect(groups[1]?.offers.find(({ kind }) => kind === 'prompt')?.schema).toMatchObject({
      properties: { number: { type: 'string', description: 'Of the request' }, to: {} },
      required: ['number'],
    })
    expect(groups[1]?.offers.find(({ kind }) => kind === 'template')?.schema).toMatchObject({
      properties: { owner: { type: 'string' }, page: { type: 'string' } },
      required: ['owner'],
    })
  })
})

test('the effect of a tool is what it claims, and destructive where it only says that it is not read-only', () => {
  expect(effectOf({ annotations: { readOnlyHint: true, destructiveHint: true } })).toBe('read-only')
  expect(effectOf({ annotations: { readOnlyHint: false, destructiveHint: false } })).toBe('writes')
  expect(effectOf({ annotations: { readOnlyHint: false } })).toBe('destructive')
  expect(effectOf({ annotations: { destructiveHint: true } })).toBe('destructive')
  expect(effectOf({ annotations: { title: 'A tool' } })).toBe('unstated')
  expect(effectOf({})).toBe('unstated')
})

test('tokens are a quarter of the characters', () => {
  expect(estimateTokens({ a: 1 })).toBe(2)
})

describe('the list', () => {
  const names = (kind: 'all' | 'tool' | 'prompt', search: string) =>
    listRows(filterGroups(groups, kind, search)).map((row) =>
      row.type === 'group' ? `[${row.group.serverName}]` : row.offer.name,
    )

  test('is searched in names, descriptions, arguments and servers, every word', () => {
    expect(names('all', 'issue')).toEqual(['[Apple]', 'issue', '[github]', 'list_issues'])
    expect(names('all', 'REPOSITORY lists')).toEqual(['[github]', 'list_issues'])
    expect(names('tool', 'owner')).toEqual(['[github]', 'list_issues'])
    expect(names('all', 'apple iss')).toEqual(['[Apple]', 'issue'])
    expect(names('all', 'nowhere')).toEqual([])
  })

  test('shows one kind, without the servers that have none', () => {
    expect(names('prompt', '')).toEqual(['[github]', 'review'])
  })
})

test('an address leads to its offer; a resource may be one that no list has', () => {
  const { serverId } = inventory
  expect(resolveOffer(groups, { serverId, kind: 'tool', name: 'merge' })?.name).toBe('merge')
  expect(resolveOffer(groups, { serverId, kind: 'tool', name: 'gone' })).toBeNull()
  expect(resolveOffer(groups, { serverId, kind: 'resource', name: 'demo://1' })).toMatchObject({
    name: 'demo://1',
    serverName: 'github',
  })
  const gone = serverIdSchema.parse('srv_0000000000000003')
  expect(resolveOffer(groups, { serverId: gone, kind: 'resource', name: 'demo://1' })).toBeNull()
})
