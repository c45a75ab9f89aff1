import type { TreeMemory } from './process-tree.ts'
import { KnownRuns, type RunRecord } from './run-records.ts'
import type { ServerTree, TreeObserver } from './tree-watch.ts'

/** Turns what a watch of trees sees into records, each change once, for those who must know when this program is gone. */
export class RunJournal implements TreeObserver {
  readonly #known = new KnownRuns()
  readonly #write: (record: RunRecord) => void

  /** @param write takes each record at once: what is not handed on when this program is killed is lost. */
  constructor(mark: string, bootId: string, write: (record: RunRecord) => void) {
    this.#known.apply({ kind: 'owner', mark, bootId })
    this.#write = write
  }

  /** The records that tell all that is true now. */
  snapshot(): readonly RunRecord[] {
    return this.#known.records()
  }

  onAdd({ runId, serverName, leaderPid }: ServerTree, leaderStart: string | null): void {
    this.#tell({ kind: 'run', runId, serverName, leaderPid, leaderStart })
  }

  onSeen(runId: string, { seen }: TreeMemory): void {
    const before = this.#known.runs.find((run) => run.runId === runId)?.tree.seen ?? new Map()
    const came = [...seen].filter(([pid, startMark]) => before.get(pid) !== startMark)
    const went = [...before.keys()].filter((pid) => !seen.has(pid))
    if (came.length > 0 || went.length > 0) this.#tell({ kind: 'seen', runId, came, went })
  }

  onRelease(runId: string): void {
    this.#tell({ kind: 'ended', runId })
  }

  #tell(record: RunRecord): void {
    this.#known.apply(record)
    this.#write(record)
  }
}
