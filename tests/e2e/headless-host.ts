import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { freePort } from '../fixtures/open-http.ts'
import { cli, TestHome } from '../journeys/test-home.ts'

/** A real host, started as a person starts it, on a home of its own. */
export class HeadlessHost extends TestHome {
  url = ''
  /** Opens the vault file; null: the host has no vault. Set it before the start. */
  vaultKey: string | null = 'a key for tests of 16 and more'
  #port: number | null = null
  #child: ChildProcess | null = null

  /** @param home where it lives: a folder that is made now and removed by `stop`; a new temporary one by default. */
  constructor(home = mkdtempSync(join(tmpdir(), 'mcp-manager-e2e-'))) {
    super(home)
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
      env: this.environment(),
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.#child = child
    const [line] = await once(createInterface({ input: child.stdout }), 'line')
    // `serve --json` prints one object with the address (docs/cli.md).
    this.url = (JSON.parse(String(line)) as { url: string }).url
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

  protected override environment(): Record<string, string> {
    return {
      ...super.environment(),
      ...(this.vaultKey !== null && { MCP_MANAGER_VAULT_KEY: this.vaultKey }),
    }
  }
}
