import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, request, type Server } from 'node:http'
import { connect } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { connectToLiveHost } from '../../../src/host/connect-live-host.ts'
import { resolveDataPaths } from '../../../src/host/data-dir.ts'
import type { HostOptions } from '../../../src/host/host-options.ts'
import { type LiveHost, startHost } from '../../../src/host/live-host.ts'
import type { HostClient } from '../../../src/shared/contract/contract.ts'
import { freePort } from '../../fixtures/open-http.ts'

let root: string
let options: HostOptions & { port: number | null; rendererDir: string }
let logged: string[]
let opened: { close: () => unknown }[]

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'mcp-manager-host-'))
  const rendererDir = join(root, 'renderer')
  logged = []
  opened = []
  options = {
    paths: resolveDataPaths({ MCP_MANAGER_HOME: join(root, 'data') }),
    env: { PATH: process.env['PATH'] },
    homeDir: root,
    vaultKey: 'a key for tests of 16 and more',
    logger: pino({ level: 'trace' }, { write: (line: string) => logged.push(line) }),
    port: null,
    rendererDir,
  }
  await mkdir(rendererDir)
  await writeFile(join(rendererDir, 'index.html'), '<!doctype html><title>page</title>')
})
afterEach(async () => {
  for (const one of opened.toReversed()) await one.close()
  await rm(root, { recursive: true, force: true })
})

async function start(change: Partial<typeof options> = {}): Promise<LiveHost> {
  const host = await startHost({ ...options, ...change })
  opened.push(host)
  return host
}

describe('a live host', () => {
  test('can be called by a program that knows the token, and ends when it is told to', async () => {
    const host = await start()
    const connection = await connectToLiveHost(options)
    expect(connection?.host?.endpoint).toBe(host.endpoint)
    const info = await connection?.client.host.info()
    expect(info).toMatchObject({ pid: process.pid, dataDir: options.paths.root })
    await connection?.client.host.shutdown()
    await host.closed
    expect(await connectToLiveHost(options)).toBeNull()
  })

  test('refuses a second host on the same data', async () => {
    const first = await start()
    await expect(startHost(options)).rejects.toMatchObject({
      code: 'host_running',
      data: { endpoint: first.endpoint },
    })
  })

  test('keeps its port over restarts', async () => {
    // Not the usual first one: hosts of tests that run at the same time look for that too.
    const first = await start({ port: await freePort() })
    await first.close()
    const second = await start()
    expect(second.endpoint).toBe(first.endpoint)
    expect(second.notices).toEqual([])
  })

  test('takes the next free port with a notice when its own is busy, and comes back to it', async () => {
    // Not the usual first one: hosts of tests that run at the same time look for that too.
    const first = await start({ port: await freePort() })
    const port = Number(new URL(first.endpoint).port)
    await first.close()
    const squatter = await listen(port)
    const second = await start()
    const used = Number(new URL(second.endpoint).port)
    expect(used).not.toBe(port)
    expect(second.notices).toEqual([{ code: 'port_in_use', data: { port, used } }])
    await second.close()
    squatter.close()
    await once(squatter, 'close')
    const third = await start()
    expect(Number(new URL(third.endpoint).port)).toBe(port)
  })

  test('says when a port that was asked for is busy', async () => {
    const squatter = await listen(0)
    const address = squatter.address()
    if (address === null || typeof address === 'string') throw new Error('no TCP address')
    await expect(startHost({ ...options, port: address.port })).rejects.toMatchObject({
      code: 'port_in_use',
      data: { port: address.port },
    })
    expect(existsSync(options.paths.lock)).toBe(false)
  })

  test('listens on the port of the settings; one that is asked for goes before it', async () => {
    const first = await start()
    const [set, asked] = [await freePort(), await freePort()]
    await (await callHost()).settings.change({ network: { port: set } })
    expect(new URL(first.endpoint).port).not.toBe(String(set))
    await first.close()
    const second = await start()
    expect(new URL(second.endpoint).port).toBe(String(set))
    expect(second.notices).toEqual([])
    await second.close()
    const third = await start({ port: asked })
    expect(new URL(third.endpoint).port).toBe(String(asked))
    await third.close()
    const squatter = await listen(set)
    const fourth = await start()
    const used = Number(new URL(fourth.endpoint).port)
    expect(fourth.notices).toEqual([{ code: 'port_in_use', data: { port: set, used } }])
    squatter.close()
  })

  test('starts the servers that are switched on, unless the settings say that they wait', async () => {
    const first = await start()
    const client = await callHost()
    const { definition } = await client.servers.add({
      name: 'waits',
      transport: {
        type: 'stdio',
        command: 'no-such-command',
        args: [],
        env: {},
        cwd: null,
        envFile: null,
      },
    })
    await client.servers.setEnabled({ id: definition.id, enabled: true })
    await client.settings.change({ startup: { startServers: false } })
    await first.close()
    const stateAtStart = async () => (await (await callHost()).servers.list())[0]?.state.phase
    const second = await start()
    expect(await stateAtStart()).toBe('stopped')
    await (await callHost()).settings.change({
      startup: { startServers: true },
    })
    await second.close()
    await start()
    expect(await stateAtStart()).not.toBe('stopped')
  })

  test('steps down when another one has taken over its data', async () => {
    const host = await start()
    await writeFile(options.paths.lock, '{}')
    await host.closed
    expect(await readFile(options.paths.lock, 'utf8')).toBe('{}')
  })
})

describe('the door', () => {
  test('listens on the loopback interface only', async () => {
    const host = await start()
    const port = Number(new URL(host.endpoint).port)
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter((address) => !address.internal && address.family === 'IPv4')
    expect(others.length).toBeGreaterThan(0)
    for (const { address } of others) {
      await expect(fetch(`http://${address}:${port}/health`)).rejects.toThrow('fetch failed')
    }
  })

  test.each([
    ['another host name', { host: 'evil.example' }],
    ['the right name with another port', { host: '127.0.0.1:1' }],
    ['a foreign origin', { origin: 'http://evil.example' }],
    ['the null origin', { origin: 'null' }],
    ['another port of this machine as origin', { origin: 'http://127.0.0.1:1' }],
    ['https as origin', { origin: 'https://127.0.0.1' }],
  ])('refuses %s on every path, even with the token', async (_name, headers) => {
    const host = await start()
    for (const path of ['/', '/health', '/tickets', '/session', '/rpc']) {
      for (const method of ['GET', 'POST']) {
        const status = await statusOf(host, method, path, {
          authorization: `Bearer ${host.token}`,
          ...headers,
        })
        expect([path, method, status]).toEqual([path, method, 403])
      }
    }
    await expectNoSocket(host, { authorization: `Bearer ${host.token}`, ...headers })
  })

  test.each([
    ['no token', {}],
    ['a wrong token', { authorization: `Bearer ${'x'.repeat(43)}` }],
    ['an empty token', { authorization: 'Bearer ' }],
    ['a forged cookie', { cookie: 'mcp_manager_43110=a.9999999999999.b' }],
  ])('gives no socket to one with %s', async (_name, headers) => {
    const host = await start()
    const origin = host.endpoint
    await expectNoSocket(host, { ...headers })
    await expectNoSocket(host, { ...headers, origin })
    expect(await statusOf(host, 'GET', '/health', { ...headers })).toBe(401)
    expect(await statusOf(host, 'POST', '/tickets', { ...headers })).toBe(401)
  })

  test('survives visitors that reset their refused connection', async () => {
    const host = await start()
    const { port } = new URL(host.endpoint)
    for (let visit = 0; visit < 50; visit += 1) {
      const socket = connect(Number(port), '127.0.0.1')
      await once(socket, 'connect')
      socket.write(
        `GET /rpc HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: http://evil.example\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n`,
      )
      socket.resetAndDestroy()
    }
    const headers = { authorization: `Bearer ${host.token}` }
    expect(await statusOf(host, 'GET', '/health', headers)).toBe(200)
  })

  test('takes no body larger than a ticket', async () => {
    const host = await start()
    const response = await fetch(new URL('/session', host.endpoint), {
      method: 'POST',
      headers: { origin: host.endpoint, 'content-type': 'application/json' },
      body: JSON.stringify({ ticket: 'x'.repeat(100_000) }),
    })
    expect(response.status).toBe(413)
  })

  test('exchanges a ticket once, for a cookie that scripts cannot read', async () => {
    const host = await start()
    const url = new URL(host.issueUrl())
    expect(url.search).toBe('')
    const ticket = new URLSearchParams(url.hash.slice(1)).get('ticket')
    const exchange = () =>
      fetch(new URL('/session', host.endpoint), {
        method: 'POST',
        headers: { origin: host.endpoint, 'content-type': 'application/json' },
        body: JSON.stringify({ ticket }),
      })
    const response = await exchange()
    expect(response.status).toBe(204)
    const cookie = response.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/; HttpOnly/)
    expect(cookie).toMatch(/; SameSite=Strict/)
    expect((await exchange()).status).toBe(401)

    const pair = cookie.split(';')[0] ?? ''
    await expectSocket(host, { cookie: pair, origin: host.endpoint })
    // A page cannot leave its origin out, so one without is somebody who got hold of the cookie.
    await expectNoSocket(host, { cookie: pair })
    await expectNoSocket(host, { cookie: pair, origin: 'http://evil.example' })

    // An open page finds back after a restart.
    await host.close()
    const next = await start()
    await expectSocket(next, { cookie: pair, origin: next.endpoint })
  })

  test('gives a new ticket to a program with the token', async () => {
    const host = await start()
    const response = await fetch(new URL('/tickets', host.endpoint), {
      method: 'POST',
      headers: { authorization: `Bearer ${host.token}` },
    })
    expect(await response.json()).toEqual({
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/#ticket=[\w-]{43}$/),
    })
  })

  test('serves the page under a strict policy, and nothing outside its folder', async () => {
    const host = await start()
    const response = await fetch(host.endpoint)
    expect(await response.text()).toContain('<title>page</title>')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self';")
    for (const path of ['/../data/host.json', '/..%2fdata%2fhost.json', '/%2e%2e/data/door.json']) {
      expect(await statusOf(host, 'GET', path, {})).toBe(404)
    }
  })

  test('writes neither token nor ticket nor cookie into its log', async () => {
    const host = await start()
    const url = host.issueUrl()
    const ticket = new URL(url).hash.slice('#ticket='.length)
    await connectToLiveHost(options).then((connection) => connection?.close())
    await expectNoSocket(host, { authorization: 'Bearer wrong' })
    await host.close()
    const log = logged.join('')
    expect(log).not.toContain(host.token)
    expect(log).not.toContain(ticket)
  })
})

/** A client of the host that lives. */
async function callHost(): Promise<HostClient> {
  const connection = await connectToLiveHost(options)
  if (connection === null) throw new Error('no host lives')
  return connection.client
}

async function listen(port: number): Promise<Server> {
  const server = createServer()
  opened.push(server)
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return server
}

/** `fetch` does not let a caller choose Host and Origin, so requests are made a layer below. */
async function statusOf(
  host: LiveHost,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<number> {
  const { port } = new URL(host.endpoint)
  const call = request({ host: '127.0.0.1', port, method, path, headers })
  call.end()
  const [response] = await once(call, 'response')
  response.resume()
  return response.statusCode
}

function socketTo(host: LiveHost, headers: Readonly<Record<string, string>>): WebSocket {
  const url = new URL('/rpc', host.endpoint)
  url.protocol = 'ws:'
  return new WebSocket(url, { headers })
}

async function expectSocket(
  host: LiveHost,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const socket = socketTo(host, headers)
  await once(socket, 'open')
  socket.close()
  await once(socket, 'close')
}

async function expectNoSocket(
  host: LiveHost,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const socket = socketTo(host, headers)
  const [error] = await once(socket, 'error')
  expect(String(error)).toMatch(/Unexpected server response: (403|400)/)
}
