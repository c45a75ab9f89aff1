import { type ChildProcess, spawn } from 'node:child_process'
import { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { programFile } from '../../program-file.ts'
import { formatRunRecord, type RunRecord } from '../run-records.ts'

/** What a watchdog needs. */
export interface WatchdogOptions {
  /** The Node binary that runs it. Never Electron's own. */
  readonly nodePath: string
  /** Folder of the built program; by default beside the running file. */
  readonly programsDir?: string | undefined
  /** All that a new one has to be told. */
  readonly snapshot: () => readonly RunRecord[]
  /** Told where it cannot be started, or ended. */
  readonly onFault: (text: string) => void
}

/** Heap of the process, in MB: a few thousand processes' numbers. */
const maxHeapMb = 32
/** Waits before it is started again, in milliseconds: at first, and at the most. */
const restartMs = { first: 20, most: 30_000 }
/** How long it may take to go when it is sent away, in milliseconds. */
const closeMs = 2_000
/** Having run for this long makes the next wait the first one again, in milliseconds. */
const provenMs = 10_000

/**
 * A small process in a session of its own that outlives this one, however that ends, and then ends all that is left of the
 * servers. It holds one thing of this program: the other end of a pipe, which the system closes. A child that is forked but
 * not yet the program that it is to be holds that pipe too, so the end of the pipe comes after it.
 * POSIX only; on Windows job objects do the same.
 */
export class Watchdog {
  readonly #options: WatchdogOptions
  #child: ChildProcess | null = null
  #restart: NodeJS.Timeout | null = null
  #waitMs = restartMs.first
  #isClosed = false

  constructor(options: WatchdogOptions) {
    this.#options = options
  }

  /** Starts it where it does not run or is about to. It is told what happens from then on. Never throws. */
  start(): void {
    if (this.#child !== null || this.#restart !== null || this.#isClosed) return
    try {
      this.#spawn()
    } catch (error) {
      this.#startAgain(String(error))
    }
  }

  #spawn(): void {
    const program = fileURLToPath(
      programFile('watchdog-process', import.meta.url, this.#options.programsDir),
    )
    const startedAt = performance.now()
    const child = spawn(
      this.#options.nodePath,
      [`--max-old-space-size=${maxHeapMb}`, '--max-semi-space-size=1', program],
      { detached: true, cwd: '/', env: {}, stdio: ['pipe', 'ignore', 'ignore'] },
    )
    this.#child = child
    // Neither keeps this program running.
    child.unref()
    if (child.stdin instanceof Socket) child.stdin.unref()
    // Its end tells more than what can then no longer be written to it.
    child.stdin?.on('error', () => {})
    child.once('error', (error) => this.#onEnd(child, startedAt, error.message))
    child.once('exit', (code, signal) => {
      this.#onEnd(child, startedAt, signal ?? `code ${code}`)
    })
    for (const record of this.#options.snapshot()) this.tell(record)
  }

  /** Tells it something that happened; it has it even where this program is killed at once. */
  tell(record: RunRecord): void {
    if (this.#child?.stdin?.writable === true) this.#child.stdin.write(formatRunRecord(record))
  }

  /** Sends it away: all is stopped. Resolves when it is gone. */
  async close(): Promise<void> {
    this.#isClosed = true
    if (this.#restart !== null) clearTimeout(this.#restart)
    const child = this.#child
    if (child === null) return
    child.ref()
    const gone = Promise.withResolvers<void>()
    child.once('exit', () => gone.resolve())
    child.once('error', () => gone.resolve())
    this.tell({ kind: 'bye' })
    child.stdin?.end()
    // One that is stopped by a signal, say, reads nothing. Nothing is left that it would have to end.
    const timer = setTimeout(() => child.kill('SIGKILL'), closeMs)
    await gone.promise
    clearTimeout(timer)
  }

  #onEnd(child: ChildProcess, startedAt: number, how: string): void {
    if (this.#child !== child) return
    this.#child = null
    if (this.#isClosed) return
    if (performance.now() - startedAt >= provenMs) this.#waitMs = restartMs.first
    this.#startAgain(how)
  }

  #startAgain(how: string): void {
    this.#options.onFault(`The watchdog ended (${how}). It is started again.`)
    this.#restart = setTimeout(() => {
      this.#restart = null
      this.start()
    }, this.#waitMs)
    this.#restart.unref()
    this.#waitMs = Math.min(restartMs.most, this.#waitMs * 2)
  }
}
