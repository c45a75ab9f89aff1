import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const repository = join(import.meta.dirname, '..', '..')
const cli = join(repository, 'out', 'node', 'cli.js')

/** A real host, started as a person starts it, on a home of its own. */
export class HeadlessHost {
  readonly home: string
  url = ''
  #child: ChildProcess | null = null

  constructor() {
    this.home = mkdtempSync(join(tmpdir(), 'mcp-manager-e2e-'))
  }

  /** Starts the host and waits until it serves. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, [cli, 'serve', '--json'], {
      env: this.#environment(),
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.#child = child
    const [line] = await once(createInterface({ input: child.stdout }), 'line')
    // `serve --json` prints one object with the address (docs/cli.md).
    this.url = (JSON.parse(String(line)) as { url: string }).url
  }

  /** Runs one command against it; answers with what it prints. */
  run(...args: string[]): string {
    return execFileSync(process.execPath, [cli, ...args], {
      env: this.#environment(),
      encoding: 'utf8',
      // It blocks this process, the test's own time-out included.
      timeout: 30_000,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
  }

  /** Writes a `.claude.json` with these servers into the home and answers with its path. */
  writeClaudeJson(mcpServers: Readonly<Record<string, unknown>>): string {
    const file = join(this.home, '.claude.json')
    writeFileSync(file, JSON.stringify({ mcpServers }))
    return file
  }

  /** Stops the host, waits for its end and removes its home. */
  async stop(): Promise<void> {
    const child = this.#child
    if (child !== null && child.exitCode === null) {
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      await exited
    }
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5 })
  }

  #environment(): NodeJS.ProcessEnv {
    return {
      PATH: process.env['PATH'],
      HOME: this.home,
      SHELL: '/bin/sh',
      MCP_MANAGER_HOME: join(this.home, 'data'),
      MCP_MANAGER_VAULT_KEY: 'a key for tests of 16 and more',
    }
  }
}
