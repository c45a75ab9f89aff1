import type { LogText } from '../../../shared/contract/logs.ts'
import type { HitMap } from './hit-map.ts'
import { isGap, type LineBuffer } from './line-buffer.ts'
import type { HitRange } from './mark-spans.ts'
import type { MatchReply, MatchRequest } from './match-protocol.ts'

/** What a search in the lines of the page has come to. */
export interface HitState {
  readonly hits: HitMap
  readonly phase: 'searching' | 'done' | 'slow'
}

/** How many rows are matched at once, and how long that may take, in milliseconds. */
const chunkRows = 2_000
const chunkMs = 1_000

/**
 * Finds a pattern in the rows of a buffer, the newest first, and in rows as they come. The matching is done in a worker: a
 * chunk that takes longer than a second ends the search, because the expression may need for ever.
 */
export class HitFinder {
  readonly #lines: LineBuffer
  readonly #search: LogText
  readonly #onChange: (state: HitState) => void
  readonly #worker: Worker
  readonly #ranges = new Map<number, readonly HitRange[]>()
  /** The rows that were hit, in order. */
  #rows: number[] = []
  /** The rows that were searched: from, and up to but not including. */
  #from: number
  #to: number
  #asked: MatchRequest | null = null
  #deadline: ReturnType<typeof setTimeout> | undefined
  #isReady = false
  #phase: HitState['phase'] = 'searching'

  /** @param onChange told of each new state, soon after it. */
  constructor(lines: LineBuffer, search: LogText, onChange: (state: HitState) => void) {
    this.#lines = lines
    this.#search = search
    this.#onChange = onChange
    this.#from = lines.endId
    this.#to = lines.endId
    this.#worker = new Worker(new URL('./match-worker.ts', import.meta.url), { type: 'module' })
    this.#worker.addEventListener('message', (event: MessageEvent<MatchReply | null>) => {
      if (event.data === null) this.#isReady = true
      else this.#take(event.data)
      this.advance()
    })
    this.#worker.addEventListener('error', () => this.#giveUp())
  }

  /** Searches what came since. */
  advance(): void {
    if (!this.#isReady || this.#asked !== null || this.#phase === 'slow') return
    const { firstId, endId } = this.#lines
    if (this.#to < endId) this.#ask(Math.max(this.#to, firstId), endId)
    else if (this.#from > firstId) this.#ask(Math.max(firstId, this.#from - chunkRows), this.#from)
    else if (this.#phase !== 'done') {
      this.#phase = 'done'
      this.#tell()
    }
  }

  /** Ends the search. */
  stop(): void {
    clearTimeout(this.#deadline)
    this.#worker.terminate()
  }

  #ask(from: number, end: number): void {
    const texts: string[] = []
    for (let id = from; id < Math.min(end, from + chunkRows); id += 1) {
      const row = this.#lines.get(id)
      texts.push(row === undefined || isGap(row) ? '' : row.text)
    }
    this.#asked = { search: this.#search, firstId: from, texts }
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
    this.#worker.postMessage(this.#asked)
    this.#deadline = setTimeout(() => this.#giveUp(), chunkMs)
  }

  #take(hits: MatchReply): void {
    const asked = this.#asked
    clearTimeout(this.#deadline)
    this.#asked = null
    if (asked === null) return
    const rows = hits.map(({ row }) => row)
    for (const { row, ranges } of hits) this.#ranges.set(row, ranges)
    const end = asked.firstId + asked.texts.length
    if (asked.firstId >= this.#to) {
      // A new array: an older state may still be shown.
      if (rows.length > 0) this.#rows = [...this.#heldRows(), ...rows]
      this.#to = end
    } else {
      if (rows.length > 0) this.#rows = [...rows, ...this.#heldRows()]
      this.#from = asked.firstId
    }
    if (rows.length > 0) this.#tell()
  }

  #heldRows(): readonly number[] {
    const { firstId } = this.#lines
    if ((this.#rows[0] ?? firstId) >= firstId) return this.#rows
    for (const row of this.#rows) {
      if (row >= firstId) break
      this.#ranges.delete(row)
    }
    return this.#rows.filter((row) => row >= firstId)
  }

  #giveUp(): void {
    this.stop()
    this.#phase = 'slow'
    this.#tell()
  }

  #tell(): void {
    this.#onChange({ hits: hitMapOf(this.#rows, this.#ranges), phase: this.#phase })
  }
}

/** A map over rows in order. */
export function hitMapOf(
  rows: readonly number[],
  ranges: ReadonlyMap<number, readonly HitRange[]>,
): HitMap {
  return {
    rangesOf: (id) => ranges.get(id) ?? none,
    count: rows.length,
    at: (index) => rows[index],
    indexOf: (id) => {
      let low = 0
      let high = rows.length
      while (low < high) {
        const middle = (low + high) >> 1
        if ((rows[middle] ?? 0) < id) low = middle + 1
        else high = middle
      }
      return low
    },
  }
}

const none: readonly HitRange[] = []
