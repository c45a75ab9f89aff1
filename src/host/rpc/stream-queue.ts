import { RingBuffer } from '../../shared/lib/ring-buffer.ts'

/** Items on their way to a slow reader. Bounded, so that the reader pays and not the host. */
export interface StreamQueue<T> {
  readonly size: number
  push(item: T): void
  /** Removes the oldest items, at most `max`, with the number of items that were lost since the last call. */
  take(max: number): { items: T[]; dropped: number }
}

/** Keeps the newest `capacity` items and counts those it had to drop. For lines, where each one counts. */
export class DroppingQueue<T extends object> implements StreamQueue<T> {
  readonly #ring: RingBuffer<T>
  #dropped = 0

  constructor(capacity: number) {
    this.#ring = new RingBuffer(capacity)
  }

  get size(): number {
    return this.#ring.length
  }

  push(item: T): void {
    if (this.#ring.push(item) !== undefined) this.#dropped += 1
  }

  take(max: number): { items: T[]; dropped: number } {
    const items: T[] = []
    for (let item = this.#ring.shift(); item !== undefined; item = this.#ring.shift()) {
      items.push(item)
      if (items.length >= max) break
    }
    const dropped = this.#dropped
    this.#dropped = 0
    return { items, dropped }
  }
}

/**
 * Keeps the latest item of each key, in the order in which the keys first changed. For states, where only the newest
 * counts: the size is bounded by the number of keys. Where keys come without end, `capacity` bounds it: the oldest keys
 * are dropped and counted.
 */
export class LatestQueue<T> implements StreamQueue<T> {
  readonly #items = new Map<string, T>()
  readonly #keyOf: (item: T) => string
  readonly #capacity: number
  #dropped = 0

  /** @param capacity how many keys are held at most. */
  constructor(keyOf: (item: T) => string, capacity: number = Number.POSITIVE_INFINITY) {
    this.#keyOf = keyOf
    this.#capacity = capacity
  }

  get size(): number {
    return this.#items.size
  }

  push(item: T): void {
    this.#items.set(this.#keyOf(item), item)
    if (this.#items.size <= this.#capacity) return
    const oldest = this.#items.keys().next()
    if (oldest.done !== true) this.#items.delete(oldest.value)
    this.#dropped += 1
  }

  take(max: number): { items: T[]; dropped: number } {
    const items: T[] = []
    for (const [key, item] of this.#items) {
      items.push(item)
      this.#items.delete(key)
      if (items.length >= max) break
    }
    const dropped = this.#dropped
    this.#dropped = 0
    return { items, dropped }
  }
}
