/**
 * A buffer of fixed capacity that overwrites its oldest item. Appending is O(1); nothing is shifted.
 */
export class RingBuffer<T extends object> {
  /** How many items are held at most. */
  readonly capacity: number
  /** Grows as it is filled: most buffers never are, and many are made. */
  readonly #items: (T | undefined)[] = []
  #start = 0
  #length = 0

  /** @param capacity how many items are held at most; a whole number of 1 or more. */
  constructor(capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1) {
      throw new RangeError(`capacity must be a whole number of 1 or more, not ${capacity}`)
    }
    this.capacity = capacity
  }

  /** How many items are held now: 0 to `capacity`. */
  get length(): number {
    return this.#length
  }

  /** Appends an item. Returns the item that had to go, or undefined while there was room. */
  push(item: T): T | undefined {
    const index = (this.#start + this.#length) % this.capacity
    if (this.#length < this.capacity) {
      this.#items[index] = item
      this.#length += 1
      return undefined
    }
    const dropped = this.#items[this.#start]
    this.#items[this.#start] = item
    this.#start = (this.#start + 1) % this.capacity
    return dropped
  }

  /** Removes and returns the oldest item, or undefined when empty. */
  shift(): T | undefined {
    if (this.#length === 0) return undefined
    const item = this.#items[this.#start]
    this.#items[this.#start] = undefined
    this.#start = (this.#start + 1) % this.capacity
    this.#length -= 1
    return item
  }

  /** The item at `index`, counted from the oldest; undefined outside 0..length-1. */
  at(index: number): T | undefined {
    if (index < 0 || index >= this.#length) return undefined
    return this.#items[(this.#start + index) % this.capacity]
  }

  /** Empties the buffer. */
  clear(): void {
    this.#items.length = 0
    this.#start = 0
    this.#length = 0
  }

  /** The items from the oldest to the newest, as a new array; `last` bounds how many of the newest are taken. */
  toArray(last: number = this.#length): T[] {
    const count = Math.min(last, this.#length)
    const result: T[] = []
    for (let i = this.#length - count; i < this.#length; i += 1) {
      const item = this.at(i)
      if (item !== undefined) result.push(item)
    }
    return result
  }
}
