import { createHash, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { Adoption } from './adoption/adoption.ts'
import { formatOwnerMark, type OwnerMark } from './marks.ts'
import { type JobObjects, openJobObjects } from './native/job-objects.ts'
import { OrphanReaper, type ReaperEvents } from './orphan-reaper.ts'
import {
  readBootId,
  readPidNamespace,
  readProcesses,
  readStartMark,
  startOf,
} from './process-table.ts'
import { RunJournal } from './run-journal.ts'
import { RunLedger } from './run-ledger.ts'
import { TreeWatch } from './tree-watch.ts'
import { Watchdog } from './watchdog/watchdog.ts'

/** What owning processes needs. */
export interface ProcessOwnerOptions extends ReaperEvents {
  readonly dataDir: string
  /** The Node binary that runs the watchdog. */
  readonly nodePath: string
  readonly programsDir: string | undefined
  /** Between two looks at the processes of servers, in milliseconds. */
  readonly beatMs: number
}

/** All that sees to it that no process of a server outlives its server or this program. Docs: docs/supervision.md. */
export interface ProcessOwner {
  /** What every server's environment carries under `ownerVariable`. */
  readonly mark: string
  readonly trees: TreeWatch
  readonly orphans: OrphanReaper
  /** Once all servers are stopped: nothing has to be seen to any more. */
  readonly close: () => Promise<void>
}

/** Puts it together. Starts no process yet. */
export async function openProcessOwner(options: ProcessOwnerOptions): Promise<ProcessOwner> {
  const own = await ownMark(options.dataDir)
  const mark = formatOwnerMark(own)
  const bootId = readBootId()
  const onFault = (text: string) => options.onFault(text, [])
  const file = join(options.dataDir, 'runs', `${own.id}.jsonl`)
  const journal = new RunJournal(mark, bootId, (record) => {
    ledger.append(record)
    watchdog?.tell(record)
  })
  const snapshot = () => journal.snapshot()
  const ledger = new RunLedger(file, snapshot, onFault)
  const watchdog =
    process.platform === 'win32' ? null : new Watchdog({ ...options, snapshot, onFault })
  let jobs: JobObjects | null = null
  const openJobs = async () => {
    if (process.platform !== 'win32') return
    jobs ??= await openJobObjects().catch((error: unknown) => {
      onFault(`Processes cannot be held together by a job: ${String(error)}`)
      return null
    })
  }
  const adoption = process.platform === 'linux' ? new Adoption(onFault) : null
  const trees = new TreeWatch({
    read: readProcesses,
    startOf,
    observer: journal,
    prepare: async () => {
      watchdog?.start()
      await Promise.all([adoption?.open(), openJobs()])
    },
    adoption,
    jobs: () => jobs,
    onFault,
    beatMs: options.beatMs,
  })
  return {
    mark,
    trees,
    orphans: new OrphanReaper({ ...options, own, bootId, ledger: file }),
    close: async () => {
      await trees.close()
      jobs?.disarm()
      await Promise.all([watchdog?.close(), ledger.close()])
    },
  }
}

async function ownMark(dataDir: string): Promise<OwnerMark> {
  return {
    directory: directoryMark(dataDir),
    pid: process.pid,
    startMark: (await readStartMark(process.pid)) ?? '',
    id: randomUUID(),
  }
}

/**
 * What stands for a data directory in the marks of its servers. A container sees other numbers for the same processes, so the
 * same folder there has another one: its owners cannot be looked for from here.
 */
export function directoryMark(dataDir: string): string {
  const text = `${dataDir}\0${readPidNamespace()}`
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}
