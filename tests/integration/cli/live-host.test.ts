import { once } from 'node:events'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { processesOf } from '../temp-core.ts'
import { CliHome, realServers } from './cli-home.ts'

const key = { MCP_MANAGER_VAULT_KEY: 'a key for tests of 16 and more' }

let home: CliHome
beforeEach(() => {
  home = new CliHome()
})
afterEach(async () => {
  await home.dispose()
})

async function importServers(servers: Readonly<Record<string, unknown>>): Promise<void> {
  home.write('.claude.json', { mcpServers: servers })
  const { code } = await home.run(['import'], { env: key })
  expect(code).toBe(0)
}

describe('a host in the background', () => {
  test('runs every server of a claude.json, answers for each, and leaves nothing behind', async () => {
    await importServers(realServers)
    const serve = await home.json(['serve', '--detach'])
    expect(serve.code).toBe(0)
    expect(serve.value).toEqual({
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/#ticket=[\w-]{43}$/),
      token: expect.stringMatching(/^[\w-]{43}$/),
      pid: expect.any(Number),
      endpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    })
    const data = join(home.home, 'data')
    expect(statSync(join(data, 'host.json')).mode & 0o077).toBe(0)
    expect(readFileSync(join(data, 'host.log'), 'utf8')).not.toContain(serve.value['token'])

    const enable = await home.json(['enable', '--all'])
    expect(enable.code).toBe(0)
    expect(enable.value).toMatchObject({
      timedOut: false,
      servers: Object.keys(realServers).map((name) => ({ name, enabled: true, phase: 'running' })),
    })
    const status = await home.json(['status'])
    expect(status.value).toMatchObject({
      running: true,
      pid: serve.value['pid'],
      endpoint: serve.value['endpoint'],
      dataDir: data,
      counts: { total: 4, running: 4 },
      servers: Object.keys(realServers).map((name) => ({
        name,
        state: { pid: expect.any(Number), protocol: { handshakeMs: expect.any(Number) } },
        stats: { restarts: 0, lastError: null },
      })),
    })
    const tools = await home.json(['tools'])
    expect(tools.value['servers']).toHaveLength(4)

    const calls: [string, string, object, string][] = [
      ['everything', 'echo', { message: 'hi' }, 'Echo: hi'],
      ['filesystem', 'list_allowed_directories', {}, 'Allowed directories'],
      ['memory', 'read_graph', {}, 'entities'],
      [
        'thinking',
        'sequentialthinking',
        { thought: 'x', nextThoughtNeeded: false, thoughtNumber: 1, totalThoughts: 1 },
        'thoughtNumber',
      ],
    ]
    for (const [server, tool, args, words] of calls) {
      const call = await home.run(['call', server, tool, '-'], { input: JSON.stringify(args) })
      expect(call).toMatchObject({ code: 0, stdout: expect.stringContaining(words) })
    }
    const logs = await home.run(['logs', 'everything', '--since', '10m', '--grep', 'tools/call'])
    expect(logs.stdout).toContain('tools/call')

    const stop = await home.json(['stop', 'memory'])
    expect(stop.value).toMatchObject({
      servers: [{ name: 'memory', enabled: true, phase: 'stopped' }],
    })
    const text = await home.run(['status'])
    expect(text.stdout).toMatch(/memory +on +Stopped by you, starts at next launch/)
    const disable = await home.json(['disable', 'everything'])
    expect(disable).toMatchObject({ code: 0, value: { servers: [{ phase: 'stopped' }] } })

    const down = await home.json(['down'])
    expect(down).toMatchObject({ code: 0, value: { stopped: true, pid: serve.value['pid'] } })
    expect(processesOf(home.home)).toEqual([])
    expect(existsSync(join(data, 'host.json'))).toBe(false)
  })

  test('is started by `start`, which says so; a wrong name starts none', async () => {
    await importServers({ memory: realServers.memory, other: realServers.thinking })
    const wrong = await home.run(['start', 'nobody'])
    expect(wrong.code).toBe(2)
    expect(processesOf(home.home)).toEqual([])
    const start = await home.json(['start', 'memory'])
    expect(start).toMatchObject({
      code: 0,
      value: { servers: [{ name: 'memory', enabled: false, phase: 'running' }] },
    })
    expect(start.stderr).toContain('in the background')
    const restart = await home.json(['restart', '--all'])
    expect(restart.value).toMatchObject({
      servers: [{ name: 'memory', phase: 'running', stats: { restarts: 1 } }],
    })
  })

  test('is started by import --start, and import beside it returns', async () => {
    home.write('.claude.json', { mcpServers: { memory: realServers.memory } })
    const first = await home.json(['import', '--start'])
    expect(first).toMatchObject({
      code: 0,
      value: { servers: [{ name: 'memory', change: 'new' }] },
    })
    expect(first.stderr).toContain('memory: Running')
    const second = await home.json(['import'])
    expect(second.value).toMatchObject({ servers: [{ name: 'memory', change: 'unchanged' }] })
  })

  test('gets the key of the vault without its being in an environment or in arguments', async () => {
    const secret = 'ghp_0123456789abcdefghijABCDEFGHIJ012345'
    await importServers({ memory: { ...realServers.memory, env: { API_TOKEN: secret } } })
    const start = await home.json(['start', 'memory'], { env: key })
    expect(start.value).toMatchObject({ servers: [{ phase: 'running' }] })
    const { value } = await home.json(['status'])
    expect(value).toMatchObject({ vault: { kind: 'file', state: 'ready' } })
    const pids = processesOf(home.home).map((line) => line.split(' ', 1)[0])
    expect(pids).toHaveLength(2)
    for (const pid of pids) {
      const seen = ['environ', 'cmdline'].map((name) =>
        readFileSync(`/proc/${pid}/${name}`, 'utf8'),
      )
      expect(seen.join()).not.toContain(key.MCP_MANAGER_VAULT_KEY)
    }
  })

  test('works for a relative MCP_MANAGER_HOME', async () => {
    const env = { MCP_MANAGER_HOME: 'here/data' }
    const serve = await home.json(['serve', '--detach'], { env })
    expect(serve.code).toBe(0)
    expect((await home.json(['down'], { env })).value).toMatchObject({ stopped: true })
    expect(existsSync(join(home.home, 'here', 'data', 'host.log'))).toBe(true)
  })
})

describe('servers that fail', () => {
  test('end enable with exit code 1, the reason, and what they printed', async () => {
    await importServers({
      crash: {
        command: process.execPath,
        args: ['-e', 'console.error("no such key");process.exit(3)'],
      },
      missing: { command: 'mcp-manager-no-such-command' },
    })
    await home.run(['serve', '--detach'])
    const { code, value, stderr } = await home.json(['enable', '--all'])
    expect(code).toBe(1)
    expect(value).toMatchObject({
      servers: [
        { name: 'crash', phase: 'backoff' },
        { name: 'missing', phase: 'failed', state: { error: { code: 'command_not_found' } } },
      ],
    })
    expect(stderr).toContain('| no such key')
    expect(stderr).toContain('mcp-manager-no-such-command')
    const status = await home.run(['status', 'crash'])
    expect(status.stdout).toContain('| no such key')
  })

  test('that hang end with exit code 5 when the time is up, and --no-wait does not wait', async () => {
    await importServers({
      hang: { command: process.execPath, args: ['-e', 'setInterval(()=>{},1e3)'] },
    })
    await home.run(['serve', '--detach'])
    const late = await home.json(['enable', 'hang', '--timeout', '0.5'])
    expect(late).toMatchObject({
      code: 5,
      value: { timedOut: true, servers: [{ phase: 'starting' }] },
    })
    const stop = await home.json(['stop', 'hang', '--no-wait'])
    expect(stop).toMatchObject({ code: 0, value: { servers: [{ phase: 'stopping' }] } })
  })
})

describe('serve', () => {
  test('prints one line, refuses a second host, gives a new link with --open, and ends on SIGTERM', async () => {
    const child = home.spawn(['serve', '--json'])
    const ended = once(child, 'exit')
    const [line] = await once(createInterface({ input: child.stdout }), 'line')
    const first: unknown = JSON.parse(String(line))
    expect(first).toMatchObject({ pid: child.pid })

    const second = await home.json(['serve'])
    expect(second).toMatchObject({ code: 1, value: { error: { code: 'host_running' } } })
    const open = await home.json(['serve', '--open'])
    expect(open.code).toBe(0)
    expect(open.value).toMatchObject({ pid: child.pid, endpoint: expect.any(String) })
    expect(open.value['url']).not.toBe(Object(first)['url'])

    child.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
  })

  test('says that a port is busy', async () => {
    const serve = await home.json(['serve', '--detach'])
    const port = new URL(String(serve.value['endpoint'])).port
    const env = { MCP_MANAGER_HOME: join(home.home, 'other') }
    const { code, value } = await home.json(['serve', '--port', port], { env })
    expect(code).toBe(1)
    expect(value).toMatchObject({ error: { code: 'port_in_use', data: { port: Number(port) } } })
    const background = await home.run(['serve', '--detach', '--port', port], { env })
    expect(background).toMatchObject({ code: 1, stderr: expect.stringContaining(`Port ${port}`) })
  })
})

test('automatic actions are followed until the host ends', async () => {
  const fixture = join(import.meta.dirname, '../../fixtures/servers/fixture-server.mjs')
  await importServers({ crashing: { command: process.execPath, args: [fixture, 'crash', '3'] } })
  await home.run(['serve', '--detach'])
  const child = home.spawn(['actions', '--follow', '--json'])
  const restarted = once(createInterface({ input: child.stdout }), 'line')
  await home.run(['enable', 'crashing', '--no-wait'])
  const [line] = await restarted
  expect(JSON.parse(String(line))).toMatchObject({
    kind: 'restart',
    heldBack: false,
    serverName: 'crashing',
    cause: { type: 'failure', failures: 1, error: { code: 'exited', data: { exitCode: 3 } } },
  })
  const ended = once(child, 'exit')
  await home.run(['down'])
  const [code, signal] = await ended
  expect([code, signal]).toEqual([expect.any(Number), null])
  // Without a host: what is remembered, and that no more will come.
  const rest = await home.run(['actions', '--follow'])
  expect(rest.code).toBe(0)
  expect(rest.stdout).toContain('crashing: Restart. ')
  expect(rest.stderr).toContain('no more will come')
})

test('a log is followed until the host ends or the reader goes', async () => {
  await importServers({ memory: realServers.memory })
  await home.run(['serve', '--detach'])
  const child = home.spawn(['logs', 'memory', '--follow', '--json'])
  const lines = createInterface({ input: child.stdout })
  const running = new Promise<string>((resolve) => {
    lines.on('line', (line) => {
      if (line.includes('Running:')) resolve(line)
    })
  })
  await home.run(['start', 'memory'])
  expect(JSON.parse(await running)).toMatchObject({ source: 'lifecycle', level: 'info' })
  const ended = once(child, 'exit')
  child.stdout.destroy()
  await home.run(['stop', 'memory'])
  // What it prints next breaks the pipe: it ends quietly.
  expect(await ended).toEqual([0, null])
})
