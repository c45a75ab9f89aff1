import type { LogLine } from '../../shared/domain/log-line.ts'
import { RingBuffer } from '../../shared/lib/ring-buffer.ts'

/** How many lines of one server are kept in memory. */
export const ringLines = 20_000

/** And how much text: with protocol messages of 64 KiB each, the lines alone would allow more than a gigabyte. */
const ringChars = 32 * 1024 * 1024

/** What a line takes beside its text, in bytes or so: its fields, and its place here. */
const lineBytes = 250

/** A line with its place in the order of appending over all servers. */
export interface OrderedLine {
  readonly order: number
  readonly line: LogLine
}

/** The newest lines of one server: at most 20,000, with at most 32 Mi characters of text. */
export class LogRing {
  readonly #lines = new RingBuffer<OrderedLine>(ringLines)
  #chars = 0

  /** About what it takes of the memory, in bytes. */
  get bytes(): number {
    return this.#chars + this.#lines.length * lineBytes
  }

  /** Appends a line; the oldest ones go when there is no room. */
  push(item: OrderedLine): void {
    const dropped = this.#lines.push(item)
    this.#chars += item.line.text.length - (dropped?.line.text.length ?? 0)
    while (this.#chars > ringChars) this.dropOldest()
  }

  /** Lets go of the oldest line; does nothing when there is none. */
  dropOldest(): void {
    this.#chars -= this.#lines.shift()?.line.text.length ?? 0
  }

  /** The newest `last` lines, oldest first; all of them unless told. */
  toArray(last?: number): OrderedLine[] {
    return this.#lines.toArray(last)
  }

  /** The lines with a sequence number above `seq`, oldest first. */
  after(seq: number): OrderedLine[] {
    const newest = this.#lines.at(this.#lines.length - 1)
    // Numbers rise by one per line, so the distance is the count.
    return newest === undefined ? [] : this.#lines.toArray(Math.max(0, newest.line.seq - seq))
  }
}
