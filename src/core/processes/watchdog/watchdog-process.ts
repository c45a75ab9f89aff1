import { ownerVariable, parseOwnerMark, readVariable } from '../marks.ts'
import { lineOf, planSweep } from '../plan-sweep.ts'
import { readProcessTable } from '../process-table.ts'
import { isBefore } from '../process-tree.ts'
import { KnownRuns, parseRunRecord } from '../run-records.ts'
import { sendSignal } from '../send-signal.ts'

// The program of `Watchdog`'s process. It reads records from its stdin, which only the host holds open. When that ends without
// a goodbye, the host is gone: every process of its servers is ended.

/** How long what cannot be ended is tried, in milliseconds, and how often. */
const limitMs = 30_000
const pollMs = 10

const known = new KnownRuns()

// Whoever ends a session or a group ends the host, and that is when this program is needed.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'] as const)
  process.on(signal, () => {})

let unfinished = ''
process.stdin.setEncoding('utf8')
process.stdin.on('data', (text: string) => {
  const lines = (unfinished + text).split('\n')
  unfinished = lines.pop() ?? ''
  for (const line of lines) {
    // The host asks whether this program still reads.
    if (line === '') process.stdout.write('\n')
    const record = parseRunRecord(line)
    if (record !== undefined) known.apply(record)
  }
})
// The host is gone; the end of stdin tells it.
process.stdout.on('error', () => {})
// A pipe that breaks is as good as one that ends: 'close' follows both.
process.stdin.on('error', () => {})
process.stdin.once('close', () => void (known.isOver ? undefined : sweep()))

/** Ends all, again and again until two looks in a row find nothing: what forks meanwhile may be missed by one. */
async function sweep(): Promise<void> {
  const deadline = performance.now() + limitMs
  for (let empty = 0; empty < 2 && performance.now() < deadline; ) {
    // Nobody is left to tell of a table that cannot be read. It is tried again, as long as anything is.
    const isClean = await killOnce().then(
      (left) => left === 0,
      () => false,
    )
    empty = isClean ? empty + 1 : 0
    if (!isClean) {
      await new Promise((resolve) => {
        setTimeout(resolve, pollMs)
      })
    }
  }
}

/** One look, and SIGKILL to all that it finds. Answers how many there were. */
async function killOnce(): Promise<number> {
  const table = await readProcessTable()
  const spared = lineOf(process.pid, table)
  // What is known needs no look into environments, and is ended before that takes its time.
  const first = planSweep(table, { runs: known.runs, isDoomed: () => false, spared })
  for (const { entry } of first) sendSignal(entry.pid, 'SIGKILL')
  const own = known.owner?.mark
  const start = own === undefined ? null : (parseOwnerMark(own)?.startMark ?? null)
  const younger = table.filter((entry) => !isBefore(entry, start))
  const marks = await readVariable(ownerVariable, younger)
  const isDoomed = (pid: number) => own !== undefined && marks.get(pid) === own
  const all = planSweep(table, { runs: known.runs, isDoomed, spared })
  for (const { entry } of all) sendSignal(entry.pid, 'SIGKILL')
  return all.length
}
