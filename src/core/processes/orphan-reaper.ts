import { createHash, randomUUID } from 'node:crypto'
import {
  formatOwnerMark,
  type OwnerMark,
  ownerVariable,
  parseOwnerMark,
  readVariable,
} from './marks.ts'
import type { ProcessEntry } from './process-entry.ts'
import { readProcessTable } from './process-table.ts'

/** How long orphans may outlive their first SIGKILL before servers start all the same, in milliseconds. */
const limitMs = 5_000
const pollMs = 50

/**
 * Ends what a killed program left behind on this data directory: processes that carry its mark while the program that
 * started them is gone.
 */
export class OrphanReaper {
  /** What every server's environment carries under `ownerVariable`. */
  readonly mark: string
  readonly #own: OwnerMark
  readonly #report: (text: string, pids: readonly number[]) => void
  #gone: Promise<void> = Promise.resolve()

  /**
   * @param startMark when the system started this process.
   * @param report told of what was found; the pids may be empty where nothing could be looked for.
   */
  constructor(
    dataDir: string,
    startMark: string,
    report: (text: string, pids: readonly number[]) => void,
  ) {
    const directory = createHash('sha256').update(dataDir).digest('hex').slice(0, 16)
    this.#own = { directory, pid: process.pid, startMark, id: randomUUID() }
    this.mark = formatOwnerMark(this.#own)
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
    const deadline = performance.now() + limitMs
    const told = new Set<number>()
    for (;;) {
      const pids = await this.#find()
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

  async #find(): Promise<readonly number[]> {
    const table = await readProcessTable()
    const own = ancestorsOf(process.pid, table)
    const others = table.filter(({ pid }) => !own.has(pid))
    const marks = await readVariable(ownerVariable, others)
    return others.flatMap(({ pid }) => {
      const mark = parseOwnerMark(marks.get(pid) ?? '')
      return mark !== undefined && this.#isOrphaned(mark, table) ? [pid] : []
    })
  }

  #isOrphaned(mark: OwnerMark, table: readonly ProcessEntry[]): boolean {
    const own = this.#own
    if (mark.directory !== own.directory || mark.id === own.id) return false
    // A core that was closed in this very process. Else a command runs servers of its own beside the host; they are its own
    // for as long as it lives.
    if (mark.pid === own.pid && mark.startMark === own.startMark) return true
    return !table.some(({ pid, startMark }) => pid === mark.pid && startMark === mark.startMark)
  }
}

/** The process and those that it comes from: a host may itself have been started from within a server. */
export function ancestorsOf(pid: number, table: readonly ProcessEntry[]): ReadonlySet<number> {
  const parentOf = new Map(table.map((entry) => [entry.pid, entry.parentPid]))
  const chain = new Set<number>()
  for (let at: number | undefined = pid; at !== undefined && !chain.has(at); ) {
    chain.add(at)
    at = parentOf.get(at)
  }
  return chain
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
