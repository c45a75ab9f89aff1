import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createRouter } from '../../src/host/rpc/router.ts'
import { StreamSender } from '../../src/host/rpc/stream-sender.ts'
import type { HostClient } from '../../src/shared/contract/contract.ts'
import type { HostInfo } from '../../src/shared/contract/host.ts'
import { readStream } from '../../src/shared/contract/read-stream.ts'
import type { ResourcesEvent } from '../../src/shared/contract/resources.ts'
import { toAppError } from '../../src/shared/contract/rpc-error.ts'
import type { Batch } from '../../src/shared/contract/streams.ts'
import { defaultSettings } from '../../src/shared/domain/settings.ts'
import { type TestConnection, transports } from './connections.ts'
import { createTempCore, type TempCore } from './temp-core.ts'

const fixture = `${import.meta.dirname}/../fixtures/servers/fixture-server.mjs`

for (const [name, connect] of Object.entries(transports)) {
  describe(`the watches over ${name}`, () => {
    let temp: TempCore
    let connection: TestConnection
    let client: HostClient

    beforeEach(async () => {
      temp = await createTempCore()
      const router = createRouter({
        core: temp.core,
        streams: new StreamSender(),
        followsSwitch: true,
        endpoint: null,
        shutdown: () => {},
        startedAt: 1,
        onBug: (error) => expect.unreachable(String(error)),
        hostNotices: [],
      })
      connection = await connect(router)
      client = connection.client
    })
    afterEach(async () => {
      await connection.break()
      await temp.dispose()
    })

    /** Reads a stream item by item until `done` says so; `done` may also act. */
    async function readUntil<T>(
      stream: Promise<AsyncIterable<Batch<T>>>,
      done: (item: T) => boolean | Promise<boolean>,
    ): Promise<void> {
      for await (const { items } of readStream(stream, client.streams.ack)) {
        for (const item of items) if (await done(item)) return
      }
      throw new Error('the stream ended')
    }

    /** A running fixture server. */
    async function startFixture() {
      const { definition } = await client.servers.add({
        name: 'fixture',
        transport: {
          type: 'stdio',
          command: process.execPath,
          args: [fixture, 'ok'],
          env: {},
          cwd: null,
          envFile: null,
        },
      })
      await client.servers.start({ id: definition.id })
      await temp.core.supervisor.settled(definition.id)
      return definition.id
    }

    test('settings: now, and after each change', async () => {
      const seen: unknown[] = []
      await readUntil(client.settings.watch(), async (settings) => {
        seen.push(settings)
        if (seen.length === 1) await client.settings.change({ appearance: { theme: 'dark' } })
        return seen.length === 2
      })
      expect(seen).toEqual([defaultSettings, { ...defaultSettings, appearance: { theme: 'dark' } }])
    })

    test('a setting that is out of bounds is refused', async () => {
      const change = client.settings.change({ network: { port: 80 } })
      const error = await change.then(() => null, toAppError)
      expect(error?.code).toBe('invalid_input')
      expect(temp.core.settings.get()).toEqual(defaultSettings)
    })

    test('the host: now, and once there is a notice more', async () => {
      const seen: HostInfo[] = []
      await readUntil(client.host.watch(), async (info) => {
        seen.push(info)
        if (seen.length === 1) {
          // Where its copy is to be, there is a folder.
          await mkdir(join(temp.root, 'settings.json.bak'))
          await client.settings.change({ startup: { startServers: false } })
        }
        return info.notices.some((notice) => notice.code === 'state_read_only')
      })
      expect(seen.length).toBeGreaterThan(1)
      expect(seen[0]).toMatchObject({ vault: { state: 'ready' }, notices: [] })
    })

    test('resources: ready, then what a server and this program take', async () => {
      const id = await startFixture()
      const seen: ResourcesEvent[] = []
      await readUntil(client.resources.watch(), (event) => {
        seen.push(event)
        return event.type === 'sample' && event.serverId === id
      })
      expect(seen[0]).toEqual({ type: 'ready' })
      const [{ serverId, sample } = { serverId: null, sample: null }] =
        await client.resources.latest()
      expect(serverId).toBe(id)
      expect(sample?.processes).toBe(1)
      expect(sample?.memoryBytes).toBeGreaterThan(10e6)
      const again: string[] = []
      await readUntil(client.resources.watch(), (event) => {
        again.push(`${event.type} ${'serverId' in event ? event.serverId : ''}`)
        return event.type === 'ready'
      })
      expect(again).toContain(`history ${id}`)
      expect(again).toContain('history null')
    })

    test('actions: those before, ready, each new one, and that all were forgotten', async () => {
      const { actions } = temp.core
      const reap = { kind: 'reap', serverId: null, serverName: null, heldBack: false } as const
      actions.record({ ...reap, pids: [1] })
      const seen: unknown[] = []
      await readUntil(client.actions.watch(), async (event) => {
        seen.push(
          event.type === 'action' && event.action.kind === 'reap' ? event.action.pids : event,
        )
        if (event.type === 'ready') actions.record({ ...reap, pids: [2] })
        if (seen.length === 3) await client.actions.clear()
        return event.type === 'cleared'
      })
      expect(seen).toEqual([[1], { type: 'ready' }, [2], { type: 'cleared' }])
      expect(actions.list()).toEqual([])
    })

    test('tools: what is listed, ready, then what is gone', async () => {
      const id = await startFixture()
      await client.tools.inventory({ serverId: id })
      const seen: string[] = []
      await readUntil(client.tools.watch(), async (event) => {
        seen.push(event.type)
        if (event.type === 'ready') await client.servers.stop({ id })
        return event.type === 'gone'
      })
      expect(seen).toEqual(['listed', 'ready', 'gone'])
    })

    test('the machine: what runs on it, its own servers among it', async () => {
      const serverId = await startFixture()
      await readUntil(client.processes.watch(), ({ servers }) =>
        servers.some(({ evidence }) =>
          evidence.some((one) => one.kind === 'ours' && one.serverId === serverId),
        ),
      )
      const target = { pid: 999_999_999, startMark: '', seen: '' }
      expect(await client.processes.reap({ targets: [target] })).toEqual([
        { pid: 999_999_999, startMark: '', outcome: 'gone', ended: 0, memoryBytes: 0 },
      ])
    })

    test('calls: those before, then begin and end of each', async () => {
      const serverId = await startFixture()
      const call = async (args: { message: string }) => {
        const stream = client.tools.call({ serverId, tool: 'echo', args })
        await readUntil(stream, (event) => event.type === 'result')
      }
      await call({ message: 'first' })
      const seen: string[] = []
      await readUntil(client.tools.watchCalls(), async ({ args, outcome, caller }) => {
        expect(caller).toBe('This window')
        seen.push(`${JSON.stringify(args['message'])} ${outcome}`)
        if (seen.length === 1) await call({ message: 'second' })
        return seen.at(-1) === '"second" ok'
      })
      // Begin and end of a short call may come as one.
      expect(seen.filter((line) => line !== '"second" running')).toEqual([
        '"first" ok',
        '"second" ok',
      ])
    })

    test('arguments are checked, resources read and prompts refused', async () => {
      const serverId = await startFixture()
      expect(await client.tools.check({ serverId, tool: 'echo', args: {} })).toEqual([])
      const { result } = await client.tools.readResource({ serverId, uri: 'big:3' })
      expect(result).toEqual({ contents: [{ uri: 'big:3', text: 'xxx' }] })
      const prompt = client.tools.getPrompt({ serverId, name: 'none', args: {} })
      expect((await prompt.then(() => null, toAppError))?.code).toBe('prompt_not_found')
    })
  })
}
