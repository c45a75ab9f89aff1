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
  /** Told where it cannot be started, ended, or does its work no more. */
  readonly onFault: (text: string) => void
  /** How often it is asked whether it is there, in milliseconds; 5 s by default. */
  readonly askMs?: number
}

/** How it does, as far as it can be told from here. */
export interface WatchdogSigns {
  /** How often it was asked since its last answer. */
  readonly unanswered: number
  /** What it was told and has not read yet, in bytes. */
  readonly queuedBytes: number
}

/** So often it may stay silent. Counted and not timed: after a sleep of the machine, or a pause of this program, it was asked once. */
const maxUnanswered = 3
/** Beyond this it is told nothing more, in bytes: it does not read. A new one is told what is true now, which is less. */
const maxQueuedBytes = 4 * 2 ** 20

/** Why another one has to take its place; null: it does its work. One that is stopped by a signal is there and does not. Pure. */
export function faultOf({ unanswered, queuedBytes }: WatchdogSigns): string | null {
  if (queuedBytes > maxQueuedBytes) return 'does not read what it is told'
  return unanswered >= maxUnanswered ? 'does not answer' : null
}

/** Heap of the process, in MB: a few thousand processes' numbers. */
const maxHeapMb = 32
/** Waits before it is started again, in milliseconds: at first, and at the most. */
const restartMs = { first: 20, most: 30_000 }
/** How long it may take to go when it is sent away, in milliseconds. */
const closeMs = 2_000
/** How often it is asked whether it is there, in milliseconds. */
const askMs = 5_000
/** Having run for this long makes the next wait the first one again, in milliseconds. */
const provenMs = 10_000

/**
 * A small process in a session of its own that outlives this one, however that ends, and then ends all that is left of the
 * servers. What it holds of this program are the other ends of its pipes, which the system closes. A child that is forked but
 * not yet the program that it is to be holds them too, so their end comes after it.
 * POSIX only; on Windows job objects do the same.
 */
export class Watchdog {
  readonly #options: WatchdogOptions
  #child: ChildProcess | null = null
  #startedAt = 0
  #unanswered = 0
  #askTimer: NodeJS.Timeout | undefined
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
      this.#startAgain(`cannot be started (${String(error)})`)
    }
  }

  #spawn(): void {
    const program = fileURLToPath(
      programFile('watchdog-process', import.meta.url, this.#options.programsDir),
    )
    const child = spawn(
      this.#options.nodePath,
      [`--max-old-space-size=${maxHeapMb}`, '--max-semi-space-size=1', program],
      { detached: true, cwd: '/', env: {}, stdio: ['pipe', 'pipe', 'ignore'] },
    )
    this.#child = child
    this.#startedAt = performance.now()
    this.#unanswered = 0
    // None of these keeps this program running.
    child.unref()
    for (const pipe of [child.stdin, child.stdout]) {
      if (pipe instanceof Socket) pipe.unref()
      // Its end tells more than what can then no longer be written to it.
      pipe?.on('error', () => {})
    }
    child.stdout?.on('data', () => {
      if (this.#child === child) this.#unanswered = 0
    })
    child.once('error', (error) => this.#onEnd(child, `ended (${error.message})`))
    child.once('exit', (code, signal) => this.#onEnd(child, `ended (${signal ?? `code ${code}`})`))
    this.#askTimer ??= setInterval(() => this.#ask(), this.#options.askMs ?? askMs).unref()
    for (const record of this.#options.snapshot()) this.tell(record)
  }

  /** An empty line, which it sends back. */
  #ask(): void {
    this.#replaceWhereNeeded()
    if (this.#child?.stdin?.writable !== true) return
    this.#child.stdin.write('\n')
    this.#unanswered += 1
  }

  #replaceWhereNeeded(): void {
    const child = this.#child
    if (child === null) return
    const queuedBytes = child.stdin?.writableLength ?? 0
    const fault = faultOf({ unanswered: this.#unanswered, queuedBytes })
    if (fault !== null) this.#onEnd(child, fault)
  }

  /** Tells it something that happened; it has it even where this program is killed at once. */
  tell(record: RunRecord): void {
    if (this.#child?.stdin?.writable !== true) return
    this.#child.stdin.write(formatRunRecord(record))
    this.#replaceWhereNeeded()
  }

  /** Sends it away: all is stopped. Resolves when it is gone. */
  async close(): Promise<void> {
    this.#isClosed = true
    clearInterval(this.#askTimer)
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

  #onEnd(child: ChildProcess, how: string): void {
    if (this.#child !== child) return
    this.#child = null
    if (this.#isClosed) return
    // One that lives must not wake up beside the next one, nor hold what it was told.
    child.kill('SIGKILL')
    child.stdin?.destroy()
    if (performance.now() - this.#startedAt >= provenMs) this.#waitMs = restartMs.first
    this.#startAgain(how)
  }

  #startAgain(how: string): void {
    this.#options.onFault(`The watchdog ${how}. Another one is started.`)
    this.#restart = setTimeout(() => {
      this.#restart = null
      this.start()
    }, this.#waitMs)
    this.#restart.unref()
    this.#waitMs = Math.min(restartMs.most, this.#waitMs * 2)
  }
}
