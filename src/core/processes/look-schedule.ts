/** When is looked after a spawn, in milliseconds: what detaches itself mostly does so in its first second. */
const afterSpawnMs = [5, 15, 50, 250, 1_000]
/** How soon after the end of a child is looked, in milliseconds; several that end meanwhile are looked for together. */
const afterChildMs = 50

/** When the table of processes is looked at by itself. Keeps no program running. */
export class LookSchedule {
  readonly #beatMs: number
  readonly #look: () => void
  readonly #isNeeded: () => boolean
  readonly #timers = new Set<NodeJS.Timeout>()
  /** When looks after spawns are due, in milliseconds of `performance.now()`. */
  readonly #due = new Set<number>()
  #hasBeat = false
  #awaitsChild = false

  /**
   * @param beatMs between two looks while there is anything to look for.
   * @param isNeeded whether there is.
   */
  constructor(beatMs: number, look: () => void, isNeeded: () => boolean) {
    this.#beatMs = beatMs
    this.#look = look
    this.#isNeeded = isNeeded
  }

  /** A process was spawned. Of many that are spawned in a row, one look serves all for which it comes about in time. */
  onSpawn(): void {
    const now = performance.now()
    for (const ms of afterSpawnMs) {
      const serves = (due: number) => due >= now + ms / 2 && due <= now + ms * 2
      if ([...this.#due].some(serves)) continue
      const due = now + ms
      this.#due.add(due)
      this.#in(ms, () => {
        this.#due.delete(due)
        this.#look()
      })
    }
    this.#beat()
  }

  /** A child has ended: it may have to be collected, and may have left others behind. */
  onChildChange(): void {
    if (this.#awaitsChild) return
    this.#awaitsChild = true
    this.#in(afterChildMs, () => {
      this.#awaitsChild = false
      this.#look()
    })
  }

  /** No look any more. */
  close(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
  }

  #beat(): void {
    if (this.#hasBeat) return
    this.#hasBeat = true
    this.#in(this.#beatMs, () => {
      this.#hasBeat = false
      if (!this.#isNeeded()) return
      this.#look()
      this.#beat()
    })
  }

  #in(ms: number, action: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      action()
    }, ms)
    timer.unref()
    this.#timers.add(timer)
  }
}
