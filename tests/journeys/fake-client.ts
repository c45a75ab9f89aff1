import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'

const script = path.join(import.meta.dirname, '../fixtures/servers/fake-client.mjs')

/** A program that calls itself `claude`, as Claude Code does, and has started stdio servers. */
export class FakeClient {
  readonly pid: number
  /** The numbers of its servers, in the order of the commands. */
  readonly servers: readonly number[]
  readonly #child: ChildProcess

  private constructor(child: ChildProcess, servers: readonly number[]) {
    this.pid = child.pid ?? 0
    this.servers = servers
    this.#child = child
  }

  /** Starts it; resolves when its servers have been started. */
  static async start(
    commands: readonly (readonly string[])[],
    name = 'claude',
  ): Promise<FakeClient> {
    const child = spawn(process.execPath, [script, JSON.stringify(commands)], {
      argv0: name,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = await once(createInterface({ input: child.stdout }), 'line')
    // It prints one list of numbers (fake-client.mjs).
    return new FakeClient(child, JSON.parse(String(line)) as number[])
  }

  /** Kills the client alone, as a crash does: its servers are nobody's then. */
  async crash(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const exited = once(this.#child, 'exit')
    this.#child.kill('SIGKILL')
    await exited
  }

  /** Ends the client and every server of it that is left. */
  async end(): Promise<void> {
    await this.crash()
    for (const pid of this.servers) {
      try {
        process.kill(pid, 'SIGKILL')
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
      }
    }
  }
}
