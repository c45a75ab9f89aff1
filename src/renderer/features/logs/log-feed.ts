import type { HostClient } from '../../../shared/contract/contract.ts'
import type { LogFilter } from '../../../shared/contract/logs.ts'
import { toAppError } from '../../../shared/contract/rpc-error.ts'
import type { AppError } from '../../../shared/domain/errors.ts'
import type { ServerId } from '../../../shared/domain/ids.ts'
import type { LogLine } from '../../../shared/domain/log-line.ts'
import { LineBuffer } from './line-buffer.ts'
import { lineKey, newestKeys } from './line-key.ts'

/** What a feed holds, as of one frame. */
export interface FeedState {
  /** `loading` until the first lines, or that there are none, are known. */
  readonly phase: 'loading' | 'ready' | 'failed'
  /** Why it ended, for `failed`. */
  readonly error: AppError | null
  /** The ids of the rows: from `firstId` up to, not including, `endId`. */
  readonly firstId: number
  readonly endId: number
  /** False once the oldest line that matches is held. */
  readonly hasOlder: boolean
  readonly isLoadingOlder: boolean
  /** How many lines came live, and how many were lost on the way. */
  readonly arrived: number
  readonly dropped: number
}

/** How a feed is bounded. */
export interface FeedLimits {
  /** How many of the newest lines it begins with. */
  readonly initial: number
  /** How many it keeps. */
  readonly kept: number
}

/** How many rows are looked through for lines that the page has already, after the connection was lost. */
const overlapRows = 25_000
/** How many lines a page of older ones has. */
const pageLines = 2_000

/** Which lines an answer has, or has left out because they are older than all that it has. */
interface Covered {
  /** The number of each server's newest line in it. */
  readonly newest: ReadonlyMap<ServerId, number>
  /** When its oldest line was written, where there are older ones. A busy log writes more than an answer has before it comes. */
  readonly oldestAt: number | null
}

let feeds = 0

/**
 * Follows the lines that match a filter, for one view: the newest ones first, then each later one, older ones on demand.
 * Lines live outside of React; `subscribe` tells of a new `state` at most once per frame. After a reconnection `connect`
 * goes on where it stopped: no line is missing and none is there twice.
 */
export class LogFeed {
  /** Tells it from every other one. */
  readonly key: number
  readonly filter: LogFilter
  readonly lines: LineBuffer
  readonly #limits: FeedLimits
  readonly #schedule: (run: () => void) => void
  readonly #listeners = new Set<() => void>()
  #client: HostClient | null = null
  #ending = new AbortController()
  #isScheduled = false
  /** The last answer, which the live stream may bring again; null once it is past it. */
  #covered: Covered | null = null
  #state: FeedState

  /** @param schedule runs something before the next frame; for tests. */
  constructor(
    filter: LogFilter,
    limits: FeedLimits,
    schedule: (run: () => void) => void = (run) => requestAnimationFrame(run),
  ) {
    feeds += 1
    this.key = feeds
    this.filter = filter
    this.#limits = limits
    this.#schedule = schedule
    this.lines = new LineBuffer(limits.kept)
    this.#state = {
      phase: 'loading',
      error: null,
      firstId: 0,
      endId: 0,
      hasOlder: false,
      isLoadingOlder: false,
      arrived: 0,
      dropped: 0,
    }
    this.#next = this.#state
  }

  #next: FeedState

  /** What it holds; the same object until something changes. */
  readonly state = (): FeedState => this.#state

  /** Calls `listener` after each change of the state. Answers with what ends that. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Follows with a client until its connection breaks, the feed is stopped, or it fails. Never throws: see `state`. */
  async connect(client: HostClient): Promise<void> {
    this.#ending.abort()
    const ending = new AbortController()
    this.#ending = ending
    this.#client = client
    try {
      await (this.filter.untilAt === null
        ? this.#follow(client, ending.signal)
        : this.#loadNewest(client, ending.signal))
    } catch (thrown) {
      if (ending.signal.aborted) return
      const error = toAppError(thrown)
      // The page connects again by itself and then calls this again.
      if (error.code === 'host_unreachable') return
      this.#change({ phase: 'failed', error })
    }
  }

  /** Ends the stream; the lines stay. */
  stop(): void {
    this.#ending.abort()
    this.#client = null
  }

  /** Whether there is a page before the oldest line, room for it, and nothing under way. */
  canLoadOlder(): boolean {
    const { hasOlder, isLoadingOlder } = this.#next
    return this.#client !== null && hasOlder && !isLoadingOlder && this.lines.room > 0
  }

  /** Loads that page, if it can. Never throws: see `state`. */
  async loadOlder(): Promise<void> {
    const client = this.#client
    const before = this.lines.firstLine()
    if (client === null || before === undefined || !this.canLoadOlder()) return
    const limit = Math.min(pageLines, this.lines.room)
    this.#change({ isLoadingOlder: true })
    try {
      const { serverId, seq } = before
      const older = await client.logs.query({ ...this.filter, before: { serverId, seq }, limit })
      // Lines that came while it was asked may have taken the room.
      this.lines.prepend(older)
      const isCut = this.lines.room === 0
      this.#change({ isLoadingOlder: false, hasOlder: older.length === limit || isCut })
    } catch (thrown) {
      const error = toAppError(thrown)
      this.#change({
        isLoadingOlder: false,
        // Whoever goes on asking comes to an end; the next connection tells anew.
        hasOlder: false,
        ...(error.code === 'host_unreachable' ? {} : { phase: 'failed', error }),
      })
    }
  }

  async #follow(client: HostClient, signal: AbortSignal): Promise<void> {
    const { untilAt: _live, ...filter } = this.filter
    const stream = await client.logs.follow({ ...filter, limit: 0 }, { signal })
    let isOpen = false
    for await (const { items, dropped, streamId, seq } of stream) {
      // The first batch says that every later line will come; what was written before it is asked for now.
      if (!isOpen) await this.#loadNewest(client, signal)
      isOpen = true
      this.#take(items, dropped)
      await client.streams.ack({ streamId, seq })
    }
  }

  async #loadNewest(client: HostClient, signal: AbortSignal): Promise<void> {
    const { initial, kept } = this.#limits
    const ask = (before: LogLine | null) =>
      client.logs.query(
        {
          ...this.filter,
          before: before === null ? null : { serverId: before.serverId, seq: before.seq },
          limit: initial,
        },
        { signal },
      )
    const answer = await ask(null)
    let lines = answer
    let isWhole = answer.length < initial
    const known = newestKeys(this.lines, overlapRows)
    // After a reconnection: back to a line that is here already, so that nothing between is left out.
    while (known.size > 0 && !isWhole && lines.length < kept) {
      const oldest = lines[0]
      if (oldest === undefined || known.has(lineKey(oldest))) break
      const older = await ask(oldest)
      lines = [...older, ...lines]
      isWhole = older.length < initial
    }
    const isFirst = this.lines.length === 0
    const fresh = lines.filter((line) => !known.has(lineKey(line)))
    for (const line of fresh) this.lines.append(line)
    this.#covered = coveredBy(answer, answer.length === initial)
    this.#change({
      phase: 'ready',
      error: null,
      ...(isFirst
        ? { hasOlder: !isWhole }
        : {
            arrived: this.#next.arrived + fresh.length,
            hasOlder: this.#next.hasOlder || !isWhole,
          }),
    })
  }

  #take(items: readonly LogLine[], dropped: number): void {
    if (items.length === 0 && dropped === 0) return
    if (dropped > 0) this.lines.append({ dropped, at: Date.now() })
    let taken = 0
    for (const line of items) {
      if (this.#covered !== null) {
        if (isCovered(line, this.#covered)) continue
        // Lines come in the order of writing: the stream is past the answer.
        this.#covered = null
      }
      this.lines.append(line)
      taken += 1
    }
    this.#change({
      arrived: this.#next.arrived + taken,
      dropped: this.#next.dropped + dropped,
      // What had to make room can be loaded again once there is room.
      hasOlder: this.#next.hasOlder || this.lines.room === 0,
    })
  }

  #change(change: Partial<FeedState>): void {
    const { firstId, endId } = this.lines
    this.#next = { ...this.#next, ...change, firstId, endId }
    if (this.#isScheduled) return
    this.#isScheduled = true
    this.#schedule(() => {
      this.#isScheduled = false
      this.#state = this.#next
      for (const listener of this.#listeners) listener()
    })
  }
}

function coveredBy(answer: readonly LogLine[], isFull: boolean): Covered {
  return {
    // Oldest first, so that each server's newest line is the one that stays.
    newest: new Map(answer.map(({ serverId, seq }) => [serverId, seq])),
    oldestAt: isFull ? (answer[0]?.at ?? null) : null,
  }
}

function isCovered({ serverId, seq, at }: LogLine, { newest, oldestAt }: Covered): boolean {
  const newestSeq = newest.get(serverId)
  return newestSeq === undefined ? oldestAt !== null && at <= oldestAt : seq <= newestSeq
}
