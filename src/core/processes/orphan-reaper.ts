import { rm } from 'node:fs/promises'
import { type OwnerMark, ownerVariable, parseOwnerMark, readVariable } from './marks.ts'
import { type Doomed, isOwnerAlive, lineOf, planSweep } from './plan-sweep.ts'
import type { ProcessEntry } from './process-entry.ts'
import { readProcessTable } from './process-table.ts'
import { onlyCertain } from './process-tree.ts'
import { type FoundLedger, findLedgers } from './run-ledger.ts'
import { sendSignal } from './send-signal.ts'

/** How long orphans may outlive their first SIGKILL before servers start all the same, in milliseconds. */
const limitMs = 5_000
const pollMs = 50

/** A process that an earlier run left behind and that was ended. */
export interface ReapedProcess {
  readonly pid: number
  /** Null where only its environment told whose it was. */
  readonly serverName: string | null
}

/** What the reaper tells. */
export interface ReaperEvents {
  /** Told before these are ended, or that they are not. */
  readonly onDidFind: (processes: readonly ReapedProcess[], areEnded: boolean) => void
  /** Told what it could not do; the numbers are of processes that it concerns. */
  readonly onFault: (text: string, pids: readonly number[]) => void
}

/** What it works with. */
export interface ReaperOptions extends ReaperEvents {
  readonly own: OwnerMark
  readonly bootId: string
  /** The ledger of this core; those beside it are others'. */
  readonly ledger: string
}

/**
 * Ends what a killed program left behind on this data directory: processes that carry its mark or stand in its ledger while
 * the program itself is gone. Each is known by its start too, never by its number alone.
 */
export class OrphanReaper {
  readonly #options: ReaperOptions
  #gone: Promise<void> = Promise.resolve()

  constructor(options: ReaperOptions) {
    this.#options = options
  }

  /** Settles when the orphans of the last `reap` are gone, or were given up. Never rejects. */
  get gone(): Promise<void> {
    return this.#gone
  }

  /**
   * Begins to end the orphans. Only for the one host that holds the directory's lock.
   * @param mayEnd false: they are looked for and told of, no more.
   */
  reap(mayEnd = true): void {
    this.#gone = this.#reap(mayEnd).catch((error: unknown) =>
      this.#options.onFault(
        `Processes of an earlier run could not be looked for: ${String(error)}`,
        [],
      ),
    )
  }

  async #reap(mayEnd: boolean): Promise<void> {
    const { ledger, onDidFind, onFault } = this.#options
    const deadline = performance.now() + limitMs
    const told = new Set<string>()
    const ledgers = await findLedgers(ledger)
    for (;;) {
      const table = await readProcessTable()
      const dead = ledgers.filter((found) => this.#isOver(found, table))
      const doomed = await this.#find(dead, table)
      if (doomed.length === 0) {
        await Promise.all(dead.map(({ file }) => rm(file, { force: true })))
        return
      }
      const fresh = doomed.filter(({ entry }) => !told.has(`${entry.pid} ${entry.startMark}`))
      if (fresh.length > 0) onDidFind(fresh.map(describe), mayEnd)
      // Their ledger stays, so that they are known again at the next start.
      if (!mayEnd) return
      for (const { entry } of doomed) {
        told.add(`${entry.pid} ${entry.startMark}`)
        sendSignal(entry.pid, 'SIGKILL')
      }
      if (performance.now() >= deadline) {
        onFault(
          'Processes of an earlier run could not be ended.',
          doomed.map(({ entry }) => entry.pid),
        )
        return
      }
      await new Promise((resolve) => {
        setTimeout(resolve, pollMs)
      })
    }
  }

  async #find(
    ledgers: readonly FoundLedger[],
    table: readonly ProcessEntry[],
  ): Promise<readonly Doomed[]> {
    const spared = lineOf(process.pid, table)
    const others = table.filter(({ pid }) => !spared.has(pid))
    const marks = await readVariable(ownerVariable, others)
    const runs = ledgers
      // Starts are told from the boot on, so those of an earlier one mean other processes.
      .filter(({ known }) => known.owner?.bootId === this.#options.bootId)
      .flatMap(({ known }) => known.runs)
      .map((run) => ({ ...run, tree: onlyCertain(run.tree, table) }))
    const isDoomed = (pid: number) => {
      const mark = parseOwnerMark(marks.get(pid) ?? '')
      return mark !== undefined && this.#isOrphaned(mark, table)
    }
    return planSweep(table, { runs, isDoomed, spared })
  }

  /** Whether the ledger's writer is gone. One that does not name its writer was cut off before it named a process. */
  #isOver({ known }: FoundLedger, table: readonly ProcessEntry[]): boolean {
    const mark = parseOwnerMark(known.owner?.mark ?? '')
    return (
      mark === undefined ||
      this.#isOrphaned(mark, table) ||
      known.owner?.bootId !== this.#options.bootId
    )
  }

  #isOrphaned(mark: OwnerMark, table: readonly ProcessEntry[]): boolean {
    const { own } = this.#options
    if (mark.directory !== own.directory || mark.id === own.id) return false
    // A core that was closed in this very process. Else a command runs servers of its own beside the host; they are its own
    // for as long as it lives.
    return (mark.pid === own.pid && mark.startMark === own.startMark) || !isOwnerAlive(mark, table)
  }
}

function describe({ entry, run }: Doomed): ReapedProcess {
  return { pid: entry.pid, serverName: run?.serverName ?? null }
}
