import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { freePort } from './free-port.ts'

const repository = join(import.meta.dirname, '..', '..')
const cli = join(repository, 'out', 'node', 'cli.js')

/** A real host, started as a person starts it, on a home of its own. */
export class HeadlessHost {
  readonly home: string
  url = ''
  /** Opens the vault file; null: the host has no vault. Set it before the start. */
  vaultKey: string | null = 'a key for tests of 16 and more'
  #port: number | null = null
  #child: ChildProcess | null = null

  /** @param home where it lives: a folder that is made now and removed by `stop`; a new temporary one by default. */
  constructor(home = mkdtempSync(join(tmpdir(), 'mcp-manager-e2e-'))) {
    mkdirSync(home, { recursive: true })
    this.home = home
  }

  /**
   * Gives the host a port of its own from its next start on. Without it the host takes the first free one of a few, which
   * another host may take while this one is down.
   */
  async choosePort(): Promise<void> {
    this.#port = await freePort()
  }

  /** Starts the host and waits until it serves. */
  async start(): Promise<void> {
    const port = this.#port === null ? [] : ['--port', String(this.#port)]
    const child = spawn(process.execPath, [cli, 'serve', '--json', ...port], {
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
    return this.writeFile('.claude.json', JSON.stringify({ mcpServers }))
  }

  /** Writes a file below the home, with its folders, and answers with its path. */
  writeFile(name: string, text: string): string {
    const file = join(this.home, name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
    return file
  }

  /** Puts a command on the PATH of the host and its servers: it runs a script of Node with arguments, then its own. */
  addCommand(name: string, script: string, ...args: readonly string[]): void {
    const words = [process.execPath, script, ...args].map((word) => `'${word}'`).join(' ')
    chmodSync(this.writeFile(`bin/${name}`, `#!/bin/sh\nexec ${words} "$@"\n`), 0o755)
  }

  /** Ends the host at once, as a crash would; `start` brings it back on the same home. */
  async kill(): Promise<void> {
    const child = this.#child
    if (child === null || child.exitCode !== null) return
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
    this.#child = null
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
      PATH: `${join(this.home, 'bin')}:${process.env['PATH'] ?? ''}`,
      HOME: this.home,
      SHELL: '/bin/sh',
      MCP_MANAGER_HOME: join(this.home, 'data'),
      ...(this.vaultKey !== null && { MCP_MANAGER_VAULT_KEY: this.vaultKey }),
    }
  }
}
