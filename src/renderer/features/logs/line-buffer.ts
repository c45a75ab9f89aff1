import type { LogLine } from '../../../shared/domain/log-line.ts'

/** A place where lines are missing: so many came faster than the page could take them. */
export interface LogGap {
  readonly dropped: number
  /** Milliseconds since the Unix epoch: when the page learnt of it. */
  readonly at: number
}

/** What stands in one row of the log. */
export type LogRow = LogLine | LogGap

/** Whether a row is a gap. */
export function isGap(row: LogRow): row is LogGap {
  return 'dropped' in row
}

/**
 * Rows of a log by id. Ids are consecutive: appending counts up, prepending counts down, so a row keeps its id for as long
 * as it is held, whatever comes before or after it. Nothing is shifted or copied, but where the buffer doubles.
 */
export class LineBuffer {
  readonly #capacity: number
  #slots: (LogRow | undefined)[]
  #firstId = 0
  #endId = 0

  /** @param capacity how many rows are held at most; 1 or more. */
  constructor(capacity: number) {
    this.#capacity = capacity
    this.#slots = Array.from({ length: Math.min(1_024, powerOfTwo(capacity)) })
  }

  /** The id of the oldest row; `endId` where there is none. */
  get firstId(): number {
    return this.#firstId
  }

  /** One more than the id of the newest row. */
  get endId(): number {
    return this.#endId
  }

  /** How many rows are held. */
  get length(): number {
    return this.#endId - this.#firstId
  }

  /** How many more rows fit. */
  get room(): number {
    return this.#capacity - this.length
  }

  /** The row with this id, or undefined where it is not held. */
  get(id: number): LogRow | undefined {
    return id < this.#firstId || id >= this.#endId ? undefined : this.#slots[this.#slotOf(id)]
  }

  /** Adds a row at the end; the oldest one goes where there is no room. */
  append(row: LogRow): void {
    if (this.length >= this.#capacity) {
      this.#slots[this.#slotOf(this.#firstId)] = undefined
      this.#firstId += 1
    }
    this.#grow()
    this.#slots[this.#slotOf(this.#endId)] = row
    this.#endId += 1
  }

  /** Puts older rows, oldest first, before the others. Where they do not all fit, the newest of them are taken. */
  prepend(rows: readonly LogRow[]): void {
    for (const row of rows.slice(Math.max(0, rows.length - this.room)).toReversed()) {
      this.#grow()
      this.#firstId -= 1
      this.#slots[this.#slotOf(this.#firstId)] = row
    }
  }

  /** The oldest line, passing over gaps. */
  firstLine(): LogLine | undefined {
    for (let id = this.#firstId; id < this.#endId; id += 1) {
      const row = this.get(id)
      if (row !== undefined && !isGap(row)) return row
    }
    return undefined
  }

  #slotOf(id: number): number {
    // The length is a power of two, so this is the remainder, and right for negative ids as well.
    return id & (this.#slots.length - 1)
  }

  #grow(): void {
    if (this.length < this.#slots.length) return
    const rows = Array.from({ length: this.length }, (_, index) => this.get(this.#firstId + index))
    this.#slots = Array.from({ length: this.#slots.length * 2 })
    for (const [index, row] of rows.entries())
      this.#slots[this.#slotOf(this.#firstId + index)] = row
  }
}

function powerOfTwo(least: number): number {
  return 2 ** Math.ceil(Math.log2(least))
}
