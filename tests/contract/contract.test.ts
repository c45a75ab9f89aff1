import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createRouter } from '../../src/host/rpc/router.ts'
import { StreamSender } from '../../src/host/rpc/stream-sender.ts'
import type { LogFollow } from '../../src/shared/contract/logs.ts'
import { readStream } from '../../src/shared/contract/read-stream.ts'
import { toAppError } from '../../src/shared/contract/rpc-error.ts'
import type { ConnectionTestEvent } from '../../src/shared/contract/servers.ts'
import { maxUnacknowledgedBatches } from '../../src/shared/contract/streams.ts'
import type { AppError } from '../../src/shared/domain/errors.ts'
import { type ServerId, secretNameSchema, serverIdSchema } from '../../src/shared/domain/ids.ts'
import { type TestConnection, transports } from './connections.ts'
import { createTempCore, type TempCore } from './temp-core.ts'

/** Young enough to be kept. */
const firstAt = Date.now() - 3_600_000
const fixture = {
  type: 'stdio' as const,
  command: process.execPath,
  args: [join(import.meta.dirname, '../fixtures/servers/fixture-server.mjs'), 'ok'],
  env: {},
  cwd: null,
  envFile: null,
}
const unknownId = serverIdSchema.parse('srv_0000000000000000')

for (const [name, connect] of Object.entries(transports)) {
  describe(`the contract over ${name}`, () => {
    let temp: TempCore
    let streams: StreamSender
    let connection: TestConnection
    let bugs: { error: unknown; id: string }[]

    beforeEach(async () => {
      temp = await createTempCore()
      streams = new StreamSender()
      bugs = []
      const router = createRouter({
        core: temp.core,
        streams,
        followsSwitch: true,
        endpoint: null,
        shutdown: () => {},
        startedAt: 1,
        onBug: (error, id) => bugs.push({ error, id }),
        hostNotices: [{ code: 'port_in_use', data: { port: 1, used: 2 } }],
      })
      connection = await connect(router)
    })
    afterEach(async () => {
      await connection.break()
      await temp.dispose()
    })

    test('a call answers with what the contract says', async () => {
      const info = await connection.client.host.info()
      expect(info).toMatchObject({
        version: '0.0.0-test',
        pid: process.pid,
        dataDir: temp.root,
        vault: { kind: 'file', state: 'ready', problem: null },
        notices: [{ code: 'port_in_use' }],
      })
    })

    test('an error arrives as its code and data', async () => {
      const error = await failureOf(connection.client.servers.start({ id: unknownId }))
      expect(error.code).toBe('not_found')
      expect(error.data).toMatchObject({ name: unknownId })
    })

    test('input that does not fit the contract is refused before it reaches the core', async () => {
      const id = 'not an id' as ServerId
      const error = await failureOf(connection.client.servers.start({ id }))
      expect(error.code).toBe('invalid_input')
    })

    test('a bug is logged with its stack and answered with an id only', async () => {
      await temp.core.logs.close()
      temp.core.registry.list = () => {
        throw new TypeError('the inside of the core')
      }
      const error = await failureOf(connection.client.servers.list())
      expect(error.code).toBe('internal')
      expect(JSON.stringify(error.toInfo())).not.toContain('inside')
      expect(bugs).toHaveLength(1)
      expect(error.data['id']).toBe(bugs[0]?.id)
    })

    test('servers are watched: snapshot, ready, then each change', async () => {
      await addServer(temp, 'first')
      const seen: string[] = []
      for await (const { items } of readStream(
        connection.client.servers.watch(),
        connection.client.streams.ack,
      )) {
        for (const event of items) {
          seen.push(event.type === 'changed' ? event.server.definition.name : event.type)
          if (event.type === 'ready') await addServer(temp, 'second')
        }
        if (seen.includes('second')) break
      }
      expect(seen).toEqual(['first', 'ready', 'second'])
    })

    test('secrets are watched without their values, and are shown by their reveal alone', async () => {
      const { client } = connection
      const token = secretNameSchema.parse('a.token')
      const to = secretNameSchema.parse('b.token')
      const seen: string[][] = []
      let next = async () => await client.secrets.add({ name: token, value: 'value-one' })
      for await (const { items } of readStream(client.secrets.watch(), client.streams.ack)) {
        for (const { secrets } of items) {
          expect(JSON.stringify(secrets)).not.toContain('value-one')
          seen.push(secrets.map((secret) => secret.name))
          await next()
          next = async () => {}
        }
        if (seen.at(-1)?.length === 1) break
      }
      expect(seen).toEqual([[], [token]])
      const server = await client.servers.add({
        name: 'user',
        transport: { ...fixture, env: { TOKEN: `secret://${token}` } },
      })
      await client.servers.start({ id: server.definition.id })
      await temp.core.supervisor.settled(server.definition.id)
      expect(
        await client.secrets.replace({ name: token, value: 'value-two', restart: true }),
      ).toEqual({
        restarted: [server.definition.id],
      })
      await temp.core.supervisor.settled(server.definition.id)
      await client.secrets.rename({ name: token, to })
      expect(await client.secrets.reveal({ name: to })).toEqual({ value: 'value-two' })
      expect((await client.secrets.list()).secrets).toMatchObject([
        { name: to, status: 'stored', users: [{ name: 'user' }] },
      ])
      const { env } = await whereabouts(connection, server.definition.id)
      // What a server answers is redacted like its log.
      expect(env['TOKEN']).toMatch(/^\[secret [ab]\.token\]$/)
      await client.secrets.delete({ name: to })
      const error = await failureOf(client.secrets.reveal({ name: to }))
      expect(error.code).toBe('secret_not_found')
      expect((await failureOf(client.secrets.add({ name: token, value: '' }))).code).toBe(
        'invalid_input',
      )
    })

    test('a followed log has every line once and in order, stored and live', async () => {
      const server = await addServer(temp, 'chatty')
      const total = 6_000
      append(temp, server, 0, total / 2)
      const texts: string[] = []
      for await (const { items, dropped } of follow(connection, server)) {
        expect(dropped).toBe(0)
        if (texts.length === 0) append(temp, server, total / 2, total)
        texts.push(...items.map((line) => line.text))
        if (texts.length >= total) break
      }
      expect(texts).toEqual(Array.from({ length: total }, (_, index) => `line ${index}`))
    })

    test('a reader that stops gets a bounded number of batches, and is told later what it missed', async () => {
      const server = await addServer(temp, 'flood')
      const iterator = (await connection.client.logs.follow(logQuery(server)))[
        Symbol.asyncIterator
      ]()
      const opening = await take(iterator)
      const total = 60_000
      append(temp, server, 0, total)
      let received = 0
      let dropped = 0
      let last = opening
      for (let batch = 2; batch <= maxUnacknowledgedBatches; batch += 1) {
        last = await take(iterator)
        received += last.items.length
        dropped += last.dropped
      }

      // The next batch does not come while nothing is acknowledged, however long others are served.
      const next = take(iterator)
      let arrived = false
      void next.then(() => {
        arrived = true
      })
      for (let call = 0; call < 20; call += 1) await connection.client.host.info()
      expect(arrived).toBe(false)

      // Once it reads again it learns the number of lines that had to go, and the newest line is there.
      let batch = last
      let pending: Promise<typeof last> | null = next
      while (received + dropped < total) {
        await connection.client.streams.ack({ streamId: batch.streamId, seq: batch.seq })
        batch = await (pending ?? take(iterator))
        pending = null
        received += batch.items.length
        dropped += batch.dropped
      }
      expect(received + dropped).toBe(total)
      expect(dropped).toBeGreaterThan(0)
      expect(batch.items.at(-1)?.text).toBe(`line ${total - 1}`)
      await iterator.return?.()
    })

    test('a log is read back page by page, and counted', async () => {
      const server = await addServer(temp, 'paged')
      append(temp, server, 0, 10)
      const { logs } = connection.client
      const query = { ...logQuery(server), untilAt: null, levels: ['error' as const], limit: 3 }
      const newest = await logs.query({ ...query, before: null })
      expect(newest.map((line) => line.text)).toEqual(['line 5', 'line 7', 'line 9'])
      const before = newest[0] ?? null
      const older = await logs.query({ ...query, before })
      expect(older.map((line) => line.text)).toEqual(['line 1', 'line 3'])
      const span = { sinceAt: firstAt, untilAt: firstAt + 10 }
      const volume = await logs.volume({ ...query, levels: null, ...span, buckets: 2 })
      expect(volume).toEqual({
        fromAt: firstAt,
        toAt: firstAt + 10,
        buckets: [
          { debug: 0, info: 3, warn: 0, error: 2 },
          { debug: 0, info: 2, warn: 0, error: 3 },
        ],
      })
    })

    test('leaving a stream ends it at the host', async () => {
      const server = await addServer(temp, 'left')
      append(temp, server, 0, 10)
      for await (const { items } of follow(connection, server)) {
        expect(items).toHaveLength(10)
        break
      }
      await expect.poll(() => streams.openStreams).toBe(0)
    })

    test('a stream that fails ends with its error', async () => {
      const server = await addServer(temp, 'pattern')
      const query = { ...logQuery(server), text: { pattern: '(', regex: true, matchCase: false } }
      const error = await failureOf(
        drain(readStream(connection.client.logs.follow(query), connection.client.streams.ack)),
      )
      expect(error.code).toBe('invalid_input')
    })

    test('a draft is tested: steps, then what it offers, and the stream ends with its process', async () => {
      const events: ConnectionTestEvent[] = []
      const input = { id: null, inputValues: {}, draft: { name: 'draft', transport: fixture } }
      for await (const { items } of readStream(
        connection.client.servers.test(input),
        connection.client.streams.ack,
      )) {
        events.push(...items)
      }
      expect(events.map((event) => (event.type === 'step' ? event.step : event.type))).toEqual([
        'queue',
        'resolve',
        'spawn',
        'handshake',
        'connected',
      ])
      expect(temp.core.registry.list()).toEqual([])
      const lost = connection.client.servers.test({ ...input, id: unknownId })
      expect((await failureOf(lost)).code).toBe('not_found')
    })

    test('a removed server is undone, a copy is made, and a draft is previewed', async () => {
      const id = await addServer(temp, 'one')
      const removed = await connection.client.servers.remove({ id })
      const restored = await connection.client.servers.restore({ id })
      expect(restored.definition).toEqual(removed)
      const copy = await connection.client.servers.duplicate({ id })
      expect(copy.definition).toMatchObject({ name: 'one copy', enabled: false })
      const { name: draftName, transport } = copy.definition
      const preview = await connection.client.servers.preview({
        id: copy.definition.id,
        draft: { name: draftName, transport },
        inputValues: {},
      })
      expect(preview).toMatchObject({ cwd: temp.root, problem: null })
      expect(preview.command).toMatch(/true$/)
    })

    test('an acknowledgement for a stream that has ended does no harm', async () => {
      const iterator = (await connection.client.servers.watch())[Symbol.asyncIterator]()
      const { streamId, seq } = await take(iterator)
      await iterator.return?.()
      const ack = connection.client.streams.ack({ streamId, seq: seq + 5 })
      await expect(ack).resolves.toBeUndefined()
    })

    if (name !== 'in-process') {
      test('a broken connection ends its streams at the host', async () => {
        const iterator = (await connection.client.servers.watch())[Symbol.asyncIterator]()
        await take(iterator)
        expect(streams.openStreams).toBe(1)
        await connection.break()
        await expect.poll(() => streams.openStreams).toBe(0)
      })
    }
  })
}

async function addServer(temp: TempCore, name: string): Promise<ServerId> {
  const server = await temp.core.editor.add({
    name,
    transport: {
      type: 'stdio',
      command: 'true',
      args: [],
      env: {},
      cwd: null,
      envFile: null,
    },
  })
  return server.id
}

function append(temp: TempCore, serverId: ServerId, from: number, to: number): void {
  for (let index = from; index < to; index += 1) {
    temp.core.logs.append({
      serverId,
      at: firstAt + index,
      source: 'stderr',
      level: index % 2 === 0 ? 'info' : 'error',
      text: `line ${index}`,
      protocol: null,
    })
  }
}

function logQuery(serverId: ServerId): LogFollow {
  return {
    serverIds: [serverId],
    sources: null,
    levels: null,
    sinceAt: null,
    text: null,
    limit: 100_000,
  }
}

function follow(connection: TestConnection, serverId: ServerId) {
  return readStream(
    connection.client.logs.follow(logQuery(serverId)),
    connection.client.streams.ack,
  )
}

async function take<T>(iterator: AsyncIterator<T>): Promise<T> {
  const { value, done } = await iterator.next()
  if (done === true) throw new Error('the stream ended')
  return value
}

async function drain(items: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of items) {
    // Read to the end.
  }
}

async function failureOf(call: Promise<unknown>): Promise<AppError> {
  try {
    await call
  } catch (error) {
    return toAppError(error)
  }
  throw new Error('the call succeeded')
}

/** The environment and more of a fixture server, as its tool answers. */
async function whereabouts(
  { client }: TestConnection,
  serverId: ServerId,
): Promise<{ env: Record<string, string> }> {
  const call = client.tools.call({ serverId, tool: 'where', args: {} })
  for await (const { items } of readStream(call, client.streams.ack)) {
    for (const event of items) {
      if (event.type !== 'result') continue
      // What the tool of the fixture answers.
      return JSON.parse(String(event.result.content[0]?.['text'])) as {
        env: Record<string, string>
      }
    }
  }
  throw new Error('The call gave no result.')
}
