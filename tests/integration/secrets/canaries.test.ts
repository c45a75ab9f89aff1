import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { expect, onTestFinished, test } from 'vitest'
import { createCore } from '../../../src/core/create-core.ts'
import { createHostOptions } from '../../../src/host/host-environment.ts'
import { createRouter } from '../../../src/host/rpc/router.ts'
import { StreamSender } from '../../../src/host/rpc/stream-sender.ts'
import { readStream } from '../../../src/shared/contract/read-stream.ts'
import { toAppError } from '../../../src/shared/contract/rpc-error.ts'
import type { Batch } from '../../../src/shared/contract/streams.ts'
import { canaryEnvironment, foundIn, makeCanaries } from '../../fixtures/canaries.ts'
import { fixtureServer, makeTempHome, repository } from '../temp-core.ts'

const leaky = join(repository, 'tests/fixtures/servers/leaky-server.mjs')
const serverCount = 4
const perServer = 50

test('200 canaries are nowhere but in the vault and in the environment of their own server', async () => {
  const at = makeTempHome()
  const canaries = makeCanaries(serverCount * perServer)
  const [extra = ''] = makeCanaries(1)
  const servers = Array.from({ length: serverCount }, (_, server) => [
    `leaky-${server}`,
    {
      command: process.execPath,
      args: [leaky],
      env: canaryEnvironment(canaries.slice(server * perServer, (server + 1) * perServer)),
    },
  ])
  const refusing = {
    command: process.execPath,
    args: [fixtureServer, 'refuses-with-secret'],
    env: { FIXTURE_TOKEN: extra },
  }
  const file = join(at.home, '.claude.json')
  writeFileSync(file, JSON.stringify({ mcpServers: { ...Object.fromEntries(servers), refusing } }))

  const options = createHostOptions(
    {
      PATH: process.env['PATH'],
      HOME: at.home,
      SHELL: '/bin/sh',
      MCP_MANAGER_HOME: at.data,
      MCP_MANAGER_VAULT_KEY: 'a key for tests only, long enough',
    },
    true,
  )
  const core = await createCore({ ...options, homeDir: at.home, keychain: 'never', version: '0' })
  onTestFinished(core.close)
  const { logger } = options
  const router = createRouter({
    core,
    streams: new StreamSender(),
    followsSwitch: true,
    shutdown: () => {},
    endpoint: null,
    startedAt: 1,
    onBug: (error, id) => logger.error({ err: error, id }, 'unexpected failure'),
    hostNotices: [],
  })
  const client = createRouterClient(router, { context: { caller: { kind: 'ui' } } })
  /** Everything that crossed the contract. */
  const crossed: string[] = []
  const take = (value: unknown) => void crossed.push(JSON.stringify(value) ?? '')
  const follow = <T>(stream: Promise<AsyncIterable<Batch<T>>>) =>
    void (async () => {
      for await (const { items } of readStream(stream, client.streams.ack)) take(items)
    })()
  follow(client.servers.watch())
  follow(client.tools.watch())
  follow(client.tools.watchCalls())
  follow(client.secrets.watch())
  follow(client.host.watch())

  const imported = await client.clients.import({
    files: [{ file, format: null, text: null }],
    dryRun: false,
    start: false,
    only: null,
    leaveOut: [],
  })
  take(imported)
  const views = await client.servers.list()
  expect(views).toHaveLength(serverCount + 1)
  for (const { definition } of views) {
    await client.servers.start({ id: definition.id })
    await core.supervisor.settled(definition.id)
  }
  const running = (await client.servers.list()).filter(({ state }) => state.phase === 'running')
  expect(running).toHaveLength(serverCount)
  for (const { definition, state } of running) {
    const pid = state.phase === 'running' ? state.pid : null
    const environment = readFileSync(`/proc/${pid}/environ`, 'utf8')
    const own = Number(definition.name.slice('leaky-'.length))
    const expected = canaries.slice(own * perServer, (own + 1) * perServer)
    expect(canaries.filter((canary) => environment.includes(canary))).toEqual(expected)
    expect(foundIn(readFileSync(`/proc/${pid}/cmdline`, 'utf8'), canaries)).toEqual([])
    for (const tool of ['tell', 'refuse']) {
      const call = client.tools.call({ serverId: definition.id, tool, args: { of: expected[0] } })
      try {
        for await (const { items } of readStream(call, client.streams.ack)) take(items)
      } catch (error) {
        take(toAppError(error).toInfo())
      }
    }
    take(await client.tools.inventory({ serverId: definition.id }))
  }
  take(await client.servers.list())
  take(await client.secrets.list())
  const anyLine = {
    serverIds: null,
    sources: null,
    levels: null,
    sinceAt: null,
    untilAt: null,
    text: null,
  }
  take(await client.logs.query({ ...anyLine, before: null, limit: 5_000 }))
  take(core.notices())
  logger.error({ err: new Error(`a fault with ${canaries[1]}`), data: canaries }, canaries[0])
  await core.close()

  expect(crossed.join('\n').length).toBeGreaterThan(100_000)
  expect(crossed.join('\n')).toContain('[secret leaky-')
  expect(foundIn(crossed.join('\n'), [...canaries, extra])).toEqual([])
  const files = readdirSync(at.data, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  expect(files.map((path) => path.slice(at.data.length + 1))).toEqual(
    expect.arrayContaining([
      'host.log',
      'logs.sqlite',
      'secrets.json',
      'servers.json',
      'vault.json',
    ]),
  )
  for (const path of files) {
    const found = foundIn(readFileSync(path, 'utf8'), [...canaries, extra])
    expect({ path, found }).toEqual({ path, found: [] })
  }
  expect(readFileSync(join(at.data, 'host.log'), 'utf8')).toContain('[secret leaky-')
})
