import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, release, tmpdir, totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { connectToLiveHost, type HostConnection } from '../../src/host/connect-live-host.ts'
import { resolveDataPaths } from '../../src/host/data-dir.ts'
import { readStream } from '../../src/shared/contract/read-stream.ts'
import { measureLogs } from './measure-logs.ts'

// Figures of the built product, run as a person runs it: `npm run bench`, or `npm run bench -- --short` for CI.
// Each is the median of several rounds. The bound beside a figure is the least that the job can cost in Node.

const { values } = parseArgs({ options: { short: { type: 'boolean', default: false } } })
const rounds = values.short ? 2 : 5
const idleServers = values.short ? 5 : 20
const idleMs = values.short ? 3_000 : 20_000
const repository = join(import.meta.dirname, '..', '..')
const cli = join(repository, 'out', 'node', 'cli.js')
const packages = join(repository, 'node_modules')

const realServers: Readonly<Record<string, readonly string[]>> = {
  everything: ['@modelcontextprotocol/server-everything/dist/index.js'],
  filesystem: ['@modelcontextprotocol/server-filesystem/dist/index.js', tmpdir()],
  memory: ['@modelcontextprotocol/server-memory/dist/index.js'],
  thinking: ['@modelcontextprotocol/server-sequential-thinking/dist/index.js'],
  context7: ['@upstash/context7-mcp/dist/index.js'],
}

interface Figure {
  readonly what: string
  readonly value: string
  readonly bound: string
}

const figures: Figure[] = []
await measureStart()
await measureFiveServers()
await measureIdleMemory()
await measureCliCall()
for (const { what, times } of await measureLogs(values.short ? 100_000 : 1_000_000, rounds)) {
  figures.push({ what, value: ms(times), bound: '' })
}
print()

/** From the spawn of `serve` to its line with the address: the core is built and the door is open. */
async function measureStart(): Promise<void> {
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    await withHome(async (home) => {
      const host = await serve(home)
      times.push(host.startMs)
      await host.stop()
    })
  }
  figures.push({ what: 'core start (serve until ready)', value: ms(times), bound: nodeStart() })
}

/** From switching five real servers on to the last one running. The bound: the same five, each spawned bare until it answers `initialize`. */
async function measureFiveServers(): Promise<void> {
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
  figures.push({ what: 'five real servers running', value: ms(times), bound: `${ms(bounds)} bare` })
}

/** Resident memory of the host alone, idle, with servers running. */
async function measureIdleMemory(): Promise<void> {
  await withHome(async (home) => {
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
    figures.push({
      what: `host memory, idle, ${idleServers} servers`,
      value: `${residentMegabytes(host.pid)} MB`,
      bound: `${bareNodeMegabytes()} MB bare Node`,
    })
    await host.stop()
  })
}

/** One call of the command line against a live host, from spawn to exit. */
async function measureCliCall(): Promise<void> {
  await withHome(async (home) => {
    const host = await serve(home)
    const times: number[] = []
    for (let call = 0; call < rounds * 4; call += 1) {
      const startedAt = performance.now()
      runCli(home, ['list', '--json'])
      times.push(performance.now() - startedAt)
    }
    figures.push({ what: 'one call of the command line', value: ms(times), bound: nodeStart() })
    await host.stop()
  })
}

async function withHome(run: (home: string) => Promise<void>): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'mcp-manager-bench-'))
  try {
    await run(home)
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  }
}

function environment(home: string): NodeJS.ProcessEnv {
  const path = `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`
  return {
    PATH: path,
    HOME: home,
    SHELL: '/bin/sh',
    MCP_MANAGER_HOME: join(home, 'data'),
    MCP_MANAGER_VAULT_KEY: 'a key for the bench, long enough',
  }
}

function runCli(home: string, args: readonly string[]): string {
  return execFileSync(process.execPath, [cli, ...args], {
    env: environment(home),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

function importServers(home: string, servers: Readonly<Record<string, readonly string[]>>): void {
  const file = join(home, '.claude.json')
  const mcpServers = Object.fromEntries(
    Object.entries(servers).map(([name, [script, ...args]]) => [
      name,
      { command: process.execPath, args: [join(packages, script ?? ''), ...args] },
    ]),
  )
  writeFileSync(file, JSON.stringify({ mcpServers }))
  runCli(home, ['import', file, '--as', 'claude-json', '--json'])
}

async function serve(home: string) {
  const startedAt = performance.now()
  const child = spawn(process.execPath, [cli, 'serve', '--json'], {
    env: environment(home),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve())
    child.once('exit', (code) => reject(new Error(`serve ended with code ${code}`)))
  })
  const startMs = performance.now() - startedAt
  const paths = resolveDataPaths(environment(home))
  const connection = await connectToLiveHost({ paths })
  if (connection === null || child.pid === undefined) throw new Error('the host does not answer')
  return {
    startMs,
    pid: child.pid,
    connection,
    stop: async () => {
      await connection.close()
      const exited = new Promise((resolve) => {
        child.once('exit', resolve)
      })
      child.kill('SIGTERM')
      await exited
    },
  }
}

async function enableAll({ client }: HostConnection, count: number): Promise<number> {
  const servers = await client.servers.list()
  if (servers.length !== count) throw new Error(`${servers.length} servers instead of ${count}`)
  const running = new Set<string>()
  const startedAt = performance.now()
  await Promise.all(
    servers.map(({ definition }) =>
      client.servers.setEnabled({ id: definition.id, enabled: true }),
    ),
  )
  for await (const { items } of readStream(client.servers.watch(), client.streams.ack)) {
    for (const event of items) {
      if (event.type !== 'changed') continue
      const { state, definition } = event.server
      if (state.phase === 'failed') throw new Error(`${definition.name} failed`)
      if (state.phase === 'running') running.add(definition.id)
    }
    if (running.size === count) break
  }
  return performance.now() - startedAt
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

function nodeStart(): string {
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

function ms(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b)
  return `${Math.round(sorted[Math.floor(sorted.length / 2)] ?? Number.NaN)} ms`
}

function print(): void {
  const [cpu] = cpus()
  const memory = Math.round(totalmem() / 1024 ** 3)
  const machine = `${cpus().length} x ${cpu?.model.trim() ?? 'CPU'}, ${memory} GiB, Linux ${release()}`
  process.stdout.write(
    `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${machine}\n\n`,
  )
  process.stdout.write('| what | product | bound |\n|---|---|---|\n')
  for (const { what, value, bound } of figures) {
    process.stdout.write(`| ${what} | ${value} | ${bound} |\n`)
  }
}
