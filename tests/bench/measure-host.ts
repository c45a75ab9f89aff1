import { execFileSync, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readStream } from '../../src/shared/contract/read-stream.ts'
import {
  enableAll,
  importServers,
  packages,
  repository,
  runCli,
  serve,
  withHome,
} from './bench-host.ts'
import { type Figure, ms, spread } from './figure.ts'

const realServers: Readonly<Record<string, readonly string[]>> = {
  everything: ['@modelcontextprotocol/server-everything/dist/index.js'],
  filesystem: ['@modelcontextprotocol/server-filesystem/dist/index.js', tmpdir()],
  memory: ['@modelcontextprotocol/server-memory/dist/index.js'],
  thinking: ['@modelcontextprotocol/server-sequential-thinking/dist/index.js'],
  context7: ['@upstash/context7-mcp/dist/index.js'],
}

/** The host and the command line, as a person runs them. */
export async function measureHost(isShort: boolean, rounds: number): Promise<readonly Figure[]> {
  return [
    await measureStart(rounds),
    await measureFiveServers(rounds),
    await measureIdleMemory(isShort ? 5 : 20, isShort ? 3_000 : 20_000),
    await measureCliCall(rounds),
    await measureChangedTools(rounds),
  ]
}

/** From the spawn of `serve` to its line with the address: the core is built and the door is open. */
async function measureStart(rounds: number): Promise<Figure> {
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    await withHome(async (home) => {
      const host = await serve(home)
      times.push(host.startMs)
      await host.stop()
    })
  }
  return { what: 'core start (serve until ready)', value: ms(times), bound: nodeStart(rounds) }
}

/** From switching five real servers on to the last one running. The bound: the same five, each spawned bare until it answers `initialize`. */
async function measureFiveServers(rounds: number): Promise<Figure> {
  const times: number[] = []
  const bounds: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    bounds.push(await bareHandshakes())
    await withHome(async (home) => {
      importServers(home, realServers)
      const host = await serve(home)
      times.push(await enableAll(host.connection, Object.keys(realServers).length))
      await host.stop()
    })
  }
  return { what: 'five real servers running', value: ms(times), bound: `${ms(bounds)} bare` }
}

/** Resident memory of the host alone, idle, with servers running. */
async function measureIdleMemory(idleServers: number, idleMs: number): Promise<Figure> {
  return await withHome(async (home) => {
    const servers = Object.fromEntries(
      Array.from({ length: idleServers }, (_, index) => [
        `memory-${index}`,
        ['@modelcontextprotocol/server-memory/dist/index.js'],
      ]),
    )
    importServers(home, servers)
    const host = await serve(home)
    await enableAll(host.connection, idleServers)
    await new Promise((resolve) => {
      setTimeout(resolve, idleMs)
    })
    const figure = {
      what: `host memory, idle, ${idleServers} servers`,
      value: `${residentMegabytes(host.pid)} MB`,
      bound: `${bareNodeMegabytes()} MB bare Node`,
    }
    await host.stop()
    return figure
  })
}

/** One call of the command line against a live host, from spawn to exit. */
async function measureCliCall(rounds: number): Promise<Figure> {
  return await withHome(async (home) => {
    const host = await serve(home)
    const times: number[] = []
    for (let call = 0; call < rounds * 4; call += 1) {
      const startedAt = performance.now()
      runCli(home, ['list', '--json'])
      times.push(performance.now() - startedAt)
    }
    await host.stop()
    return { what: 'one call of the command line', value: ms(times), bound: nodeStart(rounds) }
  })
}

/**
 * From a call that makes a server announce 100 changes of its tools to what it offers now standing at somebody who watches.
 * Each server announces once: a second storm has to wait.
 */
async function measureChangedTools(rounds: number): Promise<Figure> {
  const fixture = join(repository, 'tests/fixtures/servers/fixture-server.mjs')
  return await withHome(async (home) => {
    importServers(
      home,
      Object.fromEntries(
        Array.from({ length: rounds * 2 }, (_, at) => [`changing-${at}`, [fixture, 'ok']]),
      ),
    )
    const host = await serve(home)
    const { client } = host.connection
    await enableAll(host.connection, rounds * 2)
    const waiting = (await client.servers.list()).map(({ definition }) => definition.id)
    const times: number[] = []
    let startedAt = 0
    const change = async () => {
      startedAt = performance.now()
      const [serverId] = waiting
      if (serverId === undefined) return
      await client.tools.call({ serverId, tool: 'storm', args: { count: 100 } })
    }
    for await (const { items } of readStream(client.tools.watch(), client.streams.ack)) {
      for (const event of items) {
        if (event.type === 'ready') await change()
        if (event.type !== 'listed' || event.inventory.serverId !== waiting[0]) continue
        if (!event.inventory.tools.some(({ name }) => name.startsWith('added_'))) continue
        times.push(performance.now() - startedAt)
        waiting.shift()
        await change()
      }
      if (waiting.length === 0) break
    }
    await host.stop()
    return {
      what: '100 announced changes of tools until a reader has them',
      value: spread(times),
      bound: '50 ms',
    }
  })
}

async function bareHandshakes(): Promise<number> {
  const startedAt = performance.now()
  await Promise.all(Object.values(realServers).map(bareHandshake))
  return performance.now() - startedAt
}

async function bareHandshake([script, ...args]: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [join(packages, script ?? ''), ...args], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const answered = new Promise((resolve) => {
    child.stdout.once('data', resolve)
  })
  const params = {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'bench', version: '1' },
  }
  child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params })}\n`)
  await answered
  child.kill('SIGKILL')
}

function nodeStart(rounds: number): string {
  const times = Array.from({ length: rounds * 2 }, () => {
    const startedAt = performance.now()
    execFileSync(process.execPath, ['-e', '0'])
    return performance.now() - startedAt
  })
  return `${ms(times)} bare Node`
}

function residentMegabytes(pid: number): number {
  // proc(5): in kB.
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024)
}

function bareNodeMegabytes(): number {
  const code = 'process.stdout.write(String(process.memoryUsage.rss()))'
  const bytes = execFileSync(process.execPath, ['-e', code], { encoding: 'utf8' })
  return Math.round(Number(bytes) / 1024 / 1024)
}
