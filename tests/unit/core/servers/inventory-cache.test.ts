import { expect, test } from 'vitest'
import { InventoryCache } from '../../../../src/core/servers/inventory-cache.ts'
import type { Inventory } from '../../../../src/shared/domain/inventory.ts'
import type { ServerDefinition } from '../../../../src/shared/domain/server-definition.ts'
import { serverOf, stopped } from '../../main/server-fixture.ts'

const plain = serverOf(1, 'a', stopped).definition
const onDemand: ServerDefinition = {
  ...plain,
  supervision: { ...plain.supervision, start: 'on-demand' },
}
const offer = (description: string, at = 1): Inventory => ({
  serverId: plain.id,
  serverName: 'a',
  tools: [{ name: 'echo', description, inputSchema: { type: 'object' } }],
  prompts: [],
  resources: [],
  resourceTemplates: [],
  instructions: null,
  at,
})

function openCache() {
  let kept = {}
  let saves = 0
  const save = (all: object) => {
    kept = all
    saves += 1
  }
  const redact = (text: string) => text.replaceAll('hunter2', '***')
  const cache = new InventoryCache({}, save, redact)
  return { cache, reopened: () => new InventoryCache(kept, save, redact), saves: () => saves }
}

test('what a server offers is kept where its use starts it, and only while it runs the same', () => {
  const { cache, reopened } = openCache()
  cache.keep(plain, offer('x'))
  expect(cache.get(plain)).toBeNull()
  cache.keep(onDemand, offer('x'))
  expect(reopened().get(onDemand)).toEqual(offer('x'))
  const otherwise: ServerDefinition = {
    ...onDemand,
    transport: { type: 'stdio', command: 'y', args: [], env: {}, cwd: null, envFile: null },
  }
  expect(reopened().get(otherwise)).toBeNull()
  cache.forget(onDemand.id)
  expect(reopened().get(onDemand)).toBeNull()
})

test('it is written when it changes, not at each listing', () => {
  const { cache, saves } = openCache()
  cache.keep(onDemand, offer('x', 1))
  cache.keep(onDemand, offer('x', 2))
  expect(saves()).toBe(1)
  cache.keep(onDemand, offer('y', 3))
  expect(saves()).toBe(2)
})

test('secrets are taken out, and what is too long is not kept', () => {
  const { cache, reopened } = openCache()
  cache.keep(onDemand, offer('the password is hunter2'))
  expect(reopened().get(onDemand)?.tools[0]?.description).toBe('the password is ***')
  cache.keep(onDemand, offer('x'.repeat(1_000_001)))
  expect(reopened().get(onDemand)).toBeNull()
})
