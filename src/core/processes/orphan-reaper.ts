import { createHash, randomUUID } from 'node:crypto'
import { findByVariable, isAlive } from './process-table.ts'

/** The environment variable that tells whose server a process is: `DIRECTORY:PID:RUN`. */
export const ownerVariable = 'MCP_MANAGER_OWNER'
/** How long orphans may outlive their first SIGKILL before servers start all the same, in milliseconds. */
const limitMs = 5_000
const pollMs = 50

/**
 * Ends what a killed program left behind on this data directory: processes that carry its mark while the program that
 * started them is gone. Linux only; elsewhere no other process's environment can be read, and nothing is reaped.
 */
export class OrphanReaper {
  /** What every server's environment carries under `ownerVariable`. */
  readonly mark: string
  readonly #directory: string
  readonly #report: (text: string, pids: readonly number[]) => void
  #gone: Promise<void> = Promise.resolve()

  /** @param report told of what was found; the pids may be empty where nothing could be looked for. */
  constructor(dataDir: string, report: (text: string, pids: readonly number[]) => void) {
    this.#directory = createHash('sha256').update(dataDir).digest('hex').slice(0, 16)
    this.mark = `${this.#directory}:${process.pid}:${randomUUID()}`
    this.#report = report
  }

  /** Settles when the orphans of the last `reap` are gone, or were given up. Never rejects. */
  get gone(): Promise<void> {
    return this.#gone
  }

  /** Begins to end the orphans. Only for the one host that holds the directory's lock. */
  reap(): void {
    this.#gone = this.#reap().catch((error: unknown) =>
      this.#report(`Processes of an earlier run could not be looked for: ${String(error)}`, []),
    )
  }

  async #reap(): Promise<void> {
    if (process.platform !== 'linux') return
    const deadline = performance.now() + limitMs
    const told = new Set<number>()
    for (;;) {
      const pids = await findByVariable(ownerVariable, (value) => this.#isOrphaned(value))
      if (pids.length === 0) return
      const fresh = pids.filter((pid) => !told.has(pid))
      if (fresh.length > 0) this.#report('Ending processes that an earlier run left behind.', fresh)
      for (const pid of pids) {
        told.add(pid)
        kill(pid)
      }
      if (performance.now() >= deadline) {
        this.#report('Processes of an earlier run could not be ended.', pids)
        return
      }
      await new Promise((resolve) => {
        setTimeout(resolve, pollMs)
      })
    }
  }

  #isOrphaned(mark: string): boolean {
    const [directory, pid] = mark.split(':')
    if (directory !== this.#directory || mark === this.mark) return false
    // A command runs servers of its own beside the host; they are its own for as long as it lives. This program's own
    // number in another mark is that of a program that is gone.
    return Number(pid) === process.pid || !isAlive(Number(pid))
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    // ESRCH: it ended meanwhile. EPERM: it changed its user; it is told of when the time is up.
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code !== 'ESRCH' && code !== 'EPERM') throw error
  }
}
