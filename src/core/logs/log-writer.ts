import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { LogQuery, LogText, LogVolume } from '../../shared/contract/logs.ts'
import { AppError, type ErrorInfo } from '../../shared/domain/errors.ts'
import type { ServerId } from '../../shared/domain/ids.ts'
import type { LogLine } from '../../shared/domain/log-line.ts'
import { assertNever } from '../../shared/lib/assert-never.ts'
import { programFile } from '../program-file.ts'
import { createLineFilter } from './line-filter.ts'
import {
  type LogAsk,
  type LogReply,
  type LogRequest,
  type LogRetention,
  type LogVolumeQuery,
  logReplySchema,
} from './log-query.ts'

/** A batch goes to the worker after this long, or when it has this many lines: one transaction for many lines. */
const batchMs = 50
const batchLines = 1000

/** What may wait for the disk. Beyond it lines stay in the ring only: a slow disk must neither hold up a server nor fill the memory. */
const maxWaitingLines = 200_000
const maxWaitingChars = 128 * 1024 * 1024

/** What the log's writer needs. */
export interface LogWriterOptions {
  /** Absolute path of the SQLite file. Its directory is made if it is missing (mode 0700). */
  readonly file: string
  /** Folder of the built worker; by default beside the running file. */
  readonly programsDir?: string | undefined
  /**
   * Hears why lines do not reach the disk (`state_read_only`, `internal`), and of a damaged file that was put aside
   * (`state_corrupt` with `file`, `keptAs`, `restoredFrom`, `reason`).
   */
  readonly onNotice: (notice: ErrorInfo) => void
}

/** Bound of a search on this thread, which has better things to do; only where the worker has ended. */
const maxOwnSearchMs = 50

/** A question without its number. */
type Question = LogAsk extends infer Ask ? (Ask extends LogAsk ? Omit<Ask, 'id'> : never) : never
type Answer = Extract<LogReply, { type: 'found' | 'counted' | 'matched' }>

interface Batch {
  readonly lines: LogLine[]
  chars: number
}

/** Takes lines to the SQLite file by way of its worker thread, in batches, and asks it for stored lines. */
export class LogWriter {
  readonly #options: LogWriterOptions
  readonly #opened = Promise.withResolvers<ReadonlyMap<ServerId, number>>()
  readonly #ended = Promise.withResolvers<void>()
  readonly #asked = new Map<number, PromiseWithResolvers<Answer>>()
  #worker: Worker | null = null
  #isStoring = false
  #timer: NodeJS.Timeout | null = null
  #next: Batch = { lines: [], chars: 0 }
  /** The batches that the worker has not answered yet, oldest first. */
  readonly #sent: Batch[] = []
  #waitingLines = 0
  #waitingChars = 0
  #stored = 0
  #dropped = 0
  #askCount = 0

  constructor(options: LogWriterOptions) {
    this.#options = options
  }

  /** Whether lines reach the disk. */
  get isStoring(): boolean {
    return this.#isStoring
  }

  /** Lines on disk, and lines that never will be, since the start. */
  get counts(): { readonly stored: number; readonly dropped: number } {
    return { stored: this.#stored, dropped: this.#dropped }
  }

  /** Opens the file. Returns the highest sequence number of each server; none where nothing can be stored. */
  async open(): Promise<ReadonlyMap<ServerId, number>> {
    let canStore = true
    try {
      await mkdir(dirname(this.#options.file), { recursive: true, mode: 0o700 })
    } catch (error) {
      this.#notify('state_read_only', error)
      canStore = false
    }
    const { file, programsDir } = this.#options
    const program = programFile('log-store-worker', import.meta.url, programsDir)
    this.#worker = new Worker(program, {
      name: 'log-store',
      workerData: { file, canStore },
      // node:sqlite is a release candidate in Node 24 and says so on stderr at each start.
      execArgv: ['--disable-warning=ExperimentalWarning'],
    })
    this.#worker.on('message', (message: unknown) => this.#receive(message))
    this.#worker.on('error', (error) => this.#notify('internal', error))
    this.#worker.on('exit', () => this.#lose())
    return this.#opened.promise
  }

  /** Lets a line go to the disk, unless too many wait for it already. */
  enqueue(line: LogLine): void {
    const chars = line.text.length
    const isFull =
      this.#waitingLines >= maxWaitingLines || this.#waitingChars + chars > maxWaitingChars
    if (!this.#isStoring || isFull) {
      this.#dropped += 1
      return
    }
    this.#next.lines.push(line)
    this.#next.chars += chars
    this.#waitingLines += 1
    this.#waitingChars += chars
    if (this.#next.lines.length >= batchLines) this.#send()
    else this.#timer ??= setTimeout(() => this.#send(), batchMs)
  }

  /** Stored lines: exactly those enqueued before this call. @throws what the worker answers (see LogStore.query). */
  async query(query: LogQuery): Promise<LogLine[]> {
    const answer = await this.#ask({ type: 'query', query })
    return answer.type === 'found' ? answer.lines : mixedUp()
  }

  /** Counts stored lines, those enqueued before this call included. @throws what the worker answers. */
  async volume(query: LogVolumeQuery): Promise<LogVolume> {
    const answer = await this.#ask({ type: 'volume', query })
    return answer.type === 'counted' ? answer.volume : mixedUp()
  }

  /**
   * Tells for each text whether it is wanted, in the worker's thread.
   * @throws AppError `invalid_input` for a regular expression that cannot be read or takes longer than `budgetMs`.
   */
  async match(text: LogText, texts: string[], budgetMs: number): Promise<boolean[]> {
    if (this.#worker === null) {
      return createLineFilter(text, Math.min(budgetMs, maxOwnSearchMs))(texts)
    }
    const answer = await this.#ask({ type: 'match', text, texts, budgetMs })
    return answer.type === 'matched' ? answer.wanted : mixedUp()
  }

  /** From now on lines are kept as this says; what is too much goes in small steps, between writes. */
  setRetention(retention: LogRetention): void {
    this.#post({ type: 'retention', retention })
  }

  /** Writes what waits, closes the file and ends the thread. */
  async close(): Promise<void> {
    this.#send()
    this.#isStoring = false
    this.#post({ type: 'close' })
    await this.#ended.promise
  }

  #send(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    if (this.#next.lines.length === 0) return
    const batch = this.#next
    this.#next = { lines: [], chars: 0 }
    this.#sent.push(batch)
    this.#post({ type: 'write', lines: batch.lines })
  }

  #ask(question: Question): Promise<Answer> {
    this.#send()
    this.#askCount += 1
    const answer = Promise.withResolvers<Answer>()
    this.#asked.set(this.#askCount, answer)
    this.#post({ ...question, id: this.#askCount })
    return answer.promise
  }

  #post(request: LogRequest): void {
    this.#worker?.postMessage(request)
  }

  #receive(message: unknown): void {
    const reply = logReplySchema.parse(message)
    switch (reply.type) {
      case 'opened':
        this.#isStoring = reply.isStoring
        return this.#opened.resolve(new Map(reply.lastSeqs))
      case 'notice':
        return this.#options.onNotice(reply.notice)
      case 'written': {
        const batch = this.#sent.shift()
        this.#waitingLines -= batch?.lines.length ?? 0
        this.#waitingChars -= batch?.chars ?? 0
        this.#stored += reply.stored
        this.#dropped += reply.lines - reply.stored
        return undefined
      }
      case 'found':
      case 'counted':
      case 'matched':
        return this.#takeAsked(reply.id)?.resolve(reply)
      case 'failed':
        return this.#takeAsked(reply.id)?.reject(new AppError(reply.error.code, reply.error.data))
      default:
        return assertNever(reply)
    }
  }

  #takeAsked(id: number): PromiseWithResolvers<Answer> | undefined {
    const asked = this.#asked.get(id)
    this.#asked.delete(id)
    return asked
  }

  /** The thread has ended, wanted or not: nothing reaches the disk any more. */
  #lose(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    this.#next = { lines: [], chars: 0 }
    this.#worker = null
    this.#isStoring = false
    this.#dropped += this.#waitingLines
    this.#waitingLines = 0
    this.#waitingChars = 0
    this.#sent.length = 0
    for (const asked of this.#asked.values()) {
      asked.reject(new AppError('internal', { reason: 'The log was closed.' }))
    }
    this.#asked.clear()
    this.#opened.resolve(new Map())
    this.#ended.resolve()
  }

  #notify(code: 'state_read_only' | 'internal', error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error)
    this.#options.onNotice({ code, data: { file: this.#options.file, reason } })
  }
}

function mixedUp(): never {
  throw new AppError('internal', { reason: 'The log answered another question.' })
}
