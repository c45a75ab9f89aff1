/**
 * Lets a bounded number of starts run at once, first come, first served. A start that hangs gives its place back after a while
 * (`LifecycleTiming.placeMs`): it mostly waits, and must not hold up the others.
 */
export class StartQueue {
  readonly #places: number
  readonly #waiting: (() => void)[] = []
  #used = 0

  /** @param places how many starts may run at once; 1 or more. */
  constructor(places: number) {
    this.#places = places
  }

  /** Waits for a place. The answer gives it back; calling it twice does no harm. Rejects when `signal` aborts first. */
  async enter(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted()
    if (this.#used < this.#places) {
      this.#used += 1
    } else {
      await new Promise<void>((resolve, reject) => {
        const admit = () => {
          signal.removeEventListener('abort', onAbort)
          resolve()
        }
        const onAbort = () => {
          this.#waiting.splice(this.#waiting.indexOf(admit), 1)
          reject(signal.reason)
        }
        signal.addEventListener('abort', onAbort, { once: true })
        this.#waiting.push(admit)
      })
    }
    let left = false
    return () => {
      if (left) return
      left = true
      // The place goes straight to who waits longest: given back first, somebody who comes now could take it too.
      const next = this.#waiting.shift()
      if (next === undefined) this.#used -= 1
      else next()
    }
  }
}
