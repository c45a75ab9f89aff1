import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'
import { connectToLiveHost, type HostConnection } from '../../src/host/connect-live-host.ts'
import { resolveDataPaths } from '../../src/host/data-dir.ts'
import { readStream } from '../../src/shared/contract/read-stream.ts'
import { findMarked } from '../fixtures/marked-processes.ts'

/** The checkout. */
export const repository = join(import.meta.dirname, '..', '..')
/** Where the packages are. */
export const packages = join(repository, 'node_modules')
const cli = join(repository, 'out', 'node', 'cli.js')

/** A built host that serves. */
export interface BenchHost {
  /** From the spawn to the line with the address. */
  readonly startMs: number
  /** For a browser; works once. */
  readonly url: string
  readonly pid: number
  readonly connection: HostConnection
  /** Settles when its process has ended, by whatever cause. */
  readonly ended: Promise<void>
  readonly stop: () => Promise<void>
}

const homes = new Set<string>()

/** Runs with a home of its own, which is removed afterwards. What fails leaves no process of that home behind. */
export async function withHome<T>(run: (home: string) => Promise<T>): Promise<T> {
  const home = mkdtempSync(join(tmpdir(), 'mcp-manager-bench-'))
  homes.add(home)
  try {
    const result = await run(home)
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
    homes.delete(home)
    return result
  } catch (error) {
    endHomes()
    throw error
  }
}

/** Kills what runs in the homes that are in use and removes them: for a bench that is broken off. */
export function endHomes(): void {
  for (const home of homes) {
    for (const { pid } of findMarked(home)) process.kill(pid, 'SIGKILL')
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  }
  homes.clear()
}

/** The environment of a person with that home. */
export function environment(home: string): NodeJS.ProcessEnv {
  const path = `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`
  return {
    PATH: path,
    HOME: home,
    SHELL: '/bin/sh',
    MCP_MANAGER_HOME: join(home, 'data'),
    MCP_MANAGER_VAULT_KEY: 'a key for the bench, long enough',
  }
}

/** Runs the built command line; answers with what it prints. */
export function runCli(home: string, args: readonly string[]): string {
  return execFileSync(process.execPath, [cli, ...args], {
    env: environment(home),
    encoding: 'utf8',
    // What it says beside its answer is in the error that a failure throws.
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Registers servers: by name, a script in node_modules or an absolute path, and its arguments. */
export function importServers(
  home: string,
  servers: Readonly<Record<string, readonly string[]>>,
): void {
  const file = join(home, '.claude.json')
  const mcpServers = Object.fromEntries(
    Object.entries(servers).map(([name, [script, ...args]]) => [
      name,
      {
        command: process.execPath,
        args: [isAbsolute(script ?? '') ? (script ?? '') : join(packages, script ?? ''), ...args],
      },
    ]),
  )
  writeFileSync(file, JSON.stringify({ mcpServers }))
  runCli(home, ['import', file, '--as', 'claude-json', '--json'])
}

/**
 * Starts the built host and waits until it serves.
 * @param more flags of Node beside those that it always has.
 */
export async function serve(home: string, more: readonly string[] = []): Promise<BenchHost> {
  const startedAt = performance.now()
  // As assets/bin/mcp-manager starts it.
  const flags = ['--min-semi-space-size=4', '--max-semi-space-size=4', '--max-old-space-size=1024']
  const child = spawn(process.execPath, [...flags, ...more, cli, 'serve', '--json'], {
    env: environment(home),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (chunk) => resolve(String(chunk)))
    child.once('exit', (code) => reject(new Error(`serve ended with code ${code}`)))
  })
  const startMs = performance.now() - startedAt
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
  })
  const paths = resolveDataPaths(environment(home))
  const connection = await connectToLiveHost({ paths })
  if (connection === null || child.pid === undefined) throw new Error('the host does not answer')
  return {
    startMs,
    // `serve --json` prints one object with the address (docs/cli.md).
    url: (JSON.parse(line) as { url: string }).url,
    pid: child.pid,
    connection,
    ended,
    stop: async () => {
      await connection.close()
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** Switches all servers on; the milliseconds until the last one runs. */
export async function enableAll({ client }: HostConnection, count: number): Promise<number> {
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
