import { beforeEach, describe, expect, it } from 'vitest'
import { createActionFeed, useActions } from '../../../../src/renderer/host/actions.ts'
import { createCallFeed, useCalls } from '../../../../src/renderer/host/calls.ts'
import { applyHostInfo, useHostInfo } from '../../../../src/renderer/host/host-info.ts'
import { createInventoryFeed, useInventories } from '../../../../src/renderer/host/inventories.ts'
import { createResourcesFeed, useResources } from '../../../../src/renderer/host/resources.ts'
import {
  compareServers,
  createServerFeed,
  untilServer,
  useServers,
} from '../../../../src/renderer/host/servers.ts'
import { applySettings, useSettings } from '../../../../src/renderer/host/settings.ts'
import type { CallRecord } from '../../../../src/shared/contract/tools.ts'
import { automaticActionSchema } from '../../../../src/shared/domain/automatic-action.ts'
import { callIdSchema } from '../../../../src/shared/domain/ids.ts'
import type { Inventory } from '../../../../src/shared/domain/inventory.ts'
import { defaultSettings } from '../../../../src/shared/domain/settings.ts'
import { idOf, running, server } from '../features/servers/server-fixture.ts'

const names = () =>
  [...useServers.getState().byId.values()].map(({ definition }) => definition.name)

function inventory(number: number): Inventory {
  return {
    serverId: idOf(number),
    serverName: `server ${number}`,
    tools: [],
    prompts: [],
    resources: [],
    resourceTemplates: [],
    instructions: null,
    at: 1,
  }
}

function call(number: number, outcome: CallRecord['outcome'] = 'ok'): CallRecord {
  return {
    callId: callIdSchema.parse(`call_${String(number).padStart(16, '0')}`),
    serverId: idOf(1),
    tool: 'echo',
    caller: 'this page',
    args: {},
    startedAt: number,
    durationMs: outcome === 'running' ? null : 5,
    outcome,
    error: null,
    bytes: null,
  }
}

const calls = () => useCalls.getState().calls.map(({ startedAt, outcome }) => [startedAt, outcome])

beforeEach(() => {
  useServers.setState(useServers.getInitialState(), true)
  useInventories.setState(useInventories.getInitialState(), true)
  useCalls.setState(useCalls.getInitialState(), true)
})

describe('untilServer', () => {
  it('waits for the one that is meant', async () => {
    const feed = createServerFeed()
    feed([{ type: 'changed', server: server(1, 'alpha') }, { type: 'ready' }])
    const isBeta = untilServer(({ definition }) => definition.name === 'beta').then(() => names())
    feed([{ type: 'changed', server: server(2, 'gamma') }])
    feed([{ type: 'changed', server: server(3, 'beta') }])
    feed([{ type: 'changed', server: server(4, 'delta') }])
    expect(await isBeta).toContain('beta')
    // One that is known already is not waited for.
    await untilServer(({ definition }) => definition.name === 'alpha')
  })
})

describe('createServerFeed', () => {
  it('shows nothing until all were told, and then each change', () => {
    const feed = createServerFeed()
    feed([{ type: 'changed', server: server(1, 'alpha') }])
    expect(useServers.getState()).toMatchObject({ isKnown: false, byId: new Map() })
    feed([{ type: 'changed', server: server(2, 'beta') }, { type: 'ready' }])
    expect(useServers.getState().isKnown).toBe(true)
    expect(names()).toEqual(['alpha', 'beta'])
    feed([{ type: 'changed', server: server(1, 'alpha', running) }])
    expect(useServers.getState().byId.get(idOf(1))?.state).toEqual(running)
    feed([{ type: 'removed', id: idOf(1) }])
    expect(names()).toEqual(['beta'])
  })

  it('keeps what was known over a new connection until all were told again, without those that are gone', () => {
    createServerFeed()([
      { type: 'changed', server: server(1, 'alpha') },
      { type: 'changed', server: server(2, 'beta') },
      { type: 'ready' },
    ])
    const feed = createServerFeed()
    feed([{ type: 'changed', server: server(2, 'beta') }])
    expect(names()).toEqual(['alpha', 'beta'])
    feed([{ type: 'ready' }])
    expect(names()).toEqual(['beta'])
  })

  it('leaves the other servers the same objects, so that their rows are not drawn again', () => {
    const feed = createServerFeed()
    feed([
      { type: 'changed', server: server(1, 'alpha') },
      { type: 'changed', server: server(2, 'beta') },
      { type: 'ready' },
    ])
    const before = useServers.getState().byId.get(idOf(2))
    feed([{ type: 'changed', server: server(1, 'alpha', running) }])
    expect(useServers.getState().byId.get(idOf(2))).toBe(before)
  })
})

describe('compareServers', () => {
  it('goes by name as people count, then by project, and never by state', () => {
    const all = [
      server(1, 'Server-10'),
      server(2, 'server-9', running),
      server(3, 'api', running, { project: '/b' }),
      server(4, 'api', undefined, { project: '/a' }),
    ]
    expect(all.toSorted(compareServers).map(({ definition }) => definition.id)).toEqual(
      [4, 3, 2, 1].map(idOf),
    )
  })
})

describe('createInventoryFeed', () => {
  it('takes in what each server offers, and forgets the one that is gone', () => {
    const feed = createInventoryFeed()
    feed([{ type: 'listed', inventory: inventory(1) }])
    expect(useInventories.getState().isKnown).toBe(false)
    feed([{ type: 'ready' }, { type: 'listed', inventory: inventory(2) }])
    expect([...useInventories.getState().byServer.keys()]).toEqual([idOf(1), idOf(2)])
    feed([{ type: 'gone', serverId: idOf(1) }])
    expect([...useInventories.getState().byServer.keys()]).toEqual([idOf(2)])
    createInventoryFeed()([{ type: 'ready' }])
    expect(useInventories.getState().byServer.size).toBe(0)
  })
})

describe('createCallFeed', () => {
  it('shows a call once, when it begins and as it ended, the oldest first', () => {
    const feed = createCallFeed()
    feed([call(1), call(2, 'running')])
    feed([call(3, 'running'), call(2, 'failed')])
    expect(calls()).toEqual([
      [1, 'ok'],
      [2, 'failed'],
      [3, 'running'],
    ])
  })

  it('forgets at a new connection what still ran, and then everything that the host does not remember', () => {
    createCallFeed()([call(1), call(2, 'running')])
    const feed = createCallFeed()
    expect(calls()).toEqual([[1, 'ok']])
    feed([call(3)])
    expect(calls()).toEqual([[3, 'ok']])
  })

  it('remembers the newest 200', () => {
    createCallFeed()(Array.from({ length: 250 }, (_, index) => call(index)))
    expect(calls()).toHaveLength(200)
    expect(calls()[0]).toEqual([50, 'ok'])
  })

  it('knows no more of a call that it has forgotten', () => {
    const feed = createCallFeed()
    feed([call(0, 'running')])
    feed(Array.from({ length: 200 }, (_, index) => call(index + 1)))
    // As a new one: it stands at the end, not where it stood before.
    feed([call(0)])
    expect(calls().at(-1)).toEqual([0, 'ok'])
  })
})

describe('settings and facts of the host', () => {
  it('take the newest of what came together', () => {
    applySettings([
      { ...defaultSettings, appearance: { theme: 'dark' } },
      { ...defaultSettings, appearance: { theme: 'light' } },
    ])
    expect(useSettings.getState().appearance.theme).toBe('light')
    applySettings([])
    expect(useSettings.getState().appearance.theme).toBe('light')
    applyHostInfo([])
    expect(useHostInfo.getState().info).toBeNull()
  })
})

describe('what servers take', () => {
  const sample = (at: number, cpuPercent: number) => ({
    at,
    cpuPercent,
    memoryBytes: 1,
    processes: 1,
  })
  const point = (at: number, cpuPercent: number) => ({ at, cpuPercent, memoryBytes: 1 })
  const usage = () => useResources.getState().byServer.get(idOf(1))

  it('is the history, then each sample, whose point replaces the last one or follows it', () => {
    const feed = createResourcesFeed()
    feed([{ type: 'history', serverId: idOf(1), points: [point(0, 1), point(10_000, 2)] }])
    expect(usage()).toBeUndefined()
    feed([{ type: 'ready' }])
    expect(usage()).toEqual({ now: null, points: [point(0, 1), point(10_000, 2)] })
    feed([
      { type: 'sample', serverId: idOf(1), sample: sample(12_000, 5), point: point(10_000, 3) },
    ])
    feed([
      { type: 'sample', serverId: idOf(1), sample: sample(21_000, 7), point: point(20_000, 7) },
    ])
    expect(usage()).toEqual({
      now: sample(21_000, 7),
      points: [point(0, 1), point(10_000, 3), point(20_000, 7)],
    })
    feed([{ type: 'ended', serverId: idOf(1) }])
    expect(usage()?.now).toBeNull()
    expect(usage()?.points).toHaveLength(3)
  })

  it('keeps ten minutes, and leaves a server alone that was not measured', () => {
    const feed = createResourcesFeed()
    feed([{ type: 'history', serverId: idOf(2), points: [point(0, 1)] }, { type: 'ready' }])
    const before = useResources.getState().byServer.get(idOf(2))
    for (let index = 0; index < 70; index += 1) {
      const at = index * 10_000
      feed([{ type: 'sample', serverId: idOf(1), sample: sample(at, 1), point: point(at, 1) }])
    }
    expect(usage()?.points).toHaveLength(60)
    expect(useResources.getState().byServer.get(idOf(2))).toBe(before)
  })

  it('of this program is apart from the servers', () => {
    const feed = createResourcesFeed()
    feed([
      { type: 'sample', serverId: null, sample: sample(1, 4), point: point(0, 4) },
      { type: 'ready' },
    ])
    expect(useResources.getState()).toMatchObject({ own: { now: { cpuPercent: 4 } } })
    expect(useResources.getState().byServer.size).toBe(0)
  })
})

describe('actions', () => {
  const action = (number: number) => ({
    type: 'action' as const,
    action: automaticActionSchema.parse({
      id: `act_${String(number).padStart(16, '0')}`,
      at: number,
      serverId: null,
      serverName: null,
      heldBack: false,
      kind: 'reap',
      pids: [number],
    }),
  })
  const times = () => useActions.getState().actions.map(({ at }) => at)

  it('are the newest first, replaced by a new connection, and forgotten when they are cleared', () => {
    const feed = createActionFeed()
    feed([action(1), action(2)])
    expect(useActions.getState().isKnown).toBe(false)
    feed([{ type: 'ready' }])
    feed([action(3)])
    expect(times()).toEqual([3, 2, 1])
    const again = createActionFeed()
    again([action(2), action(4), { type: 'ready' }])
    expect(times()).toEqual([4, 2])
    again([{ type: 'cleared' }, action(5)])
    expect(times()).toEqual([5])
  })

  it('are bounded as those of the host', () => {
    const feed = createActionFeed()
    feed([...Array.from({ length: 510 }, (_, index) => action(index)), { type: 'ready' }])
    expect(times()).toHaveLength(500)
    expect(times()[0]).toBe(509)
  })
})
