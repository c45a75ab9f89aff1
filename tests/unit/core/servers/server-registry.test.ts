import { describe, expect, test } from 'vitest'
import {
  createServerId,
  type RegistryChange,
  ServerRegistry,
  type StoredServers,
} from '../../../../src/core/servers/server-registry.ts'
import { AppError } from '../../../../src/shared/domain/errors.ts'
import { serverIdSchema } from '../../../../src/shared/domain/ids.ts'
import type { ServerDefinition } from '../../../../src/shared/domain/server-definition.ts'
import { defaultSupervision } from '../../../../src/shared/domain/supervision.ts'

const command = {
  type: 'stdio',
  command: 'x',
  args: [],
  env: {},
  cwd: null,
  envFile: null,
} as const

function definition(name: string, change: Partial<ServerDefinition> = {}): ServerDefinition {
  return {
    id: createServerId(),
    name,
    scope: 'user',
    project: null,
    enabled: false,
    transport: { ...command, args: [] },
    dialect: 'native',
    inputs: [],
    timeouts: { startMs: null, callMs: null },
    supervision: defaultSupervision,
    tools: { allow: null, deny: [] },
    sources: [],
    editedHere: false,
    ...change,
  }
}

function openRegistry() {
  let stored: StoredServers = { servers: [], removed: [] }
  let failure: Error | null = null
  const registry = new ServerRegistry(
    {
      get: () => stored,
      update: async (change) => {
        const next = change(stored)
        if (failure !== null) throw failure
        stored = next
      },
    },
    () => 1_000,
  )
  const changes: RegistryChange[] = []
  registry.onDidChange((change) => changes.push(change))
  return { registry, changes, failNext: (error: Error) => (failure = error) }
}

describe('ServerRegistry', () => {
  test('adds, changes and removes, and tells of each after it was saved', async () => {
    const { registry, changes } = openRegistry()
    const b = definition('b')
    await registry.add([b, definition('a')])
    expect(registry.list().map((server) => server.name)).toEqual(['a', 'b'])
    const changed = await registry.change(b.id, (server) => ({ ...server, enabled: true }))
    expect(registry.get(b.id)).toEqual(changed)
    expect(await registry.remove(b.id)).toEqual(changed)
    expect(changes.map((change) => change.type)).toEqual(['added', 'added', 'changed', 'removed'])
    expect(changes[2]).toMatchObject({ before: { enabled: false }, server: { enabled: true } })
  })

  test('a name is unique in its scope and project, and nowhere else', async () => {
    const { registry } = openRegistry()
    await registry.add([
      definition('a'),
      definition('a', { scope: 'local', project: '/p' }),
      definition('a', { scope: 'project', project: '/p' }),
      definition('a', { scope: 'local', project: '/q' }),
    ])
    await expect(registry.add([definition('new'), definition('a')])).rejects.toMatchObject({
      code: 'name_taken',
    })
    // All or none.
    expect(registry.list().some((server) => server.name === 'new')).toBe(false)
    const b = definition('b')
    await registry.add([b])
    await expect(
      registry.change(b.id, (server) => ({ ...server, name: 'a' })),
    ).rejects.toMatchObject({ code: 'name_taken' })
    expect(registry.get(b.id).name).toBe('b')
  })

  test('what could not be saved is not told of', async () => {
    const { registry, changes, failNext } = openRegistry()
    failNext(new AppError('state_read_only', { file: 'servers.json' }))
    await expect(registry.add([definition('a')])).rejects.toMatchObject({ code: 'state_read_only' })
    expect(changes).toEqual([])
    expect(registry.list()).toEqual([])
  })

  test('what was removed is kept aside with its secrets, and comes back as it was', async () => {
    const { registry, changes } = openRegistry()
    const a = definition('a', {
      enabled: true,
      transport: { ...command, args: [], env: { TOKEN: 'secret://a.token' } },
    })
    await registry.add([a])
    await registry.remove(a.id)
    expect(registry.list()).toEqual([])
    expect(registry.removed()).toEqual([{ server: a, removedAt: 1_000 }])
    expect([...registry.secretNames()]).toEqual(['a.token'])
    expect(await registry.restore(a.id)).toEqual(a)
    expect(registry.list()).toEqual([a])
    expect(registry.removed()).toEqual([])
    expect(changes.map((change) => change.type)).toEqual(['added', 'removed', 'added'])
  })

  test('a removed server does not come back over another one, nor once it is forgotten', async () => {
    const { registry } = openRegistry()
    const a = definition('a')
    await registry.add([a])
    await registry.remove(a.id)
    const other = definition('a')
    await registry.add([other])
    await expect(registry.restore(a.id)).rejects.toMatchObject({ code: 'name_taken' })
    await registry.remove(other.id)
    await registry.forget(a.id)
    await expect(registry.restore(a.id)).rejects.toMatchObject({ code: 'not_found' })
    expect(await registry.restore(other.id)).toEqual(other)
  })

  test('an unknown id', async () => {
    const { registry } = openRegistry()
    const id = createServerId()
    expect(() => registry.get(id)).toThrow(AppError)
    await expect(registry.change(id, (server) => server)).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(registry.remove(id)).rejects.toMatchObject({ code: 'not_found' })
  })
})

test('ids are of their form and differ', () => {
  const ids = Array.from({ length: 1_000 }, createServerId)
  expect(new Set(ids).size).toBe(1_000)
  for (const id of ids) expect(serverIdSchema.safeParse(id).success).toBe(true)
})
