/** How often the clock is looked at, in milliseconds. */
const tickMs = 5_000
/** A tick that comes later than this says that the machine, or this program, stood still; in milliseconds. */
const lateMs = 15_000
/** Ticks in a row that come in time, after which a machine that never said that it woke up is awake. */
const ticksAwake = 12
/** How long after a wake-up networks and servers get to come back, in milliseconds. */
const settleMs = 30_000

/**
 * Whether the machine sleeps or has just woken up. What fails then is no fault of a server: its time-outs ran out while
 * nothing could run, and networks come back some seconds after the machine. A face that is told by the system says so by
 * `suspend` and `resume`; without one the clock tells, because no timer ran while it went on. A clock that was set forward
 * looks the same, and costs no more than half a minute of patience.
 */
export class MachineSleep {
  readonly #now: () => number
  readonly #timer: NodeJS.Timeout
  #isAsleep = false
  #ticksInTime = 0
  #wokeAt = Number.NEGATIVE_INFINITY
  #tickedAt: number

  /** @param now milliseconds since the Unix epoch. */
  constructor(now: () => number) {
    this.#now = now
    this.#tickedAt = now()
    this.#timer = setInterval(() => this.#tick(), tickMs)
    this.#timer.unref()
  }

  /** The system is about to sleep. */
  suspend(): void {
    this.#isAsleep = true
    this.#ticksInTime = 0
  }

  /** The system has woken up. */
  resume(): void {
    this.#isAsleep = false
    this.#wokeAt = this.#now()
  }

  /** Whether failures count against a server. False from `suspend`, or a gap in the clock, until some time after the wake-up. */
  isAwake(): boolean {
    const now = this.#now()
    // Of all timers that are due after a gap, any may come before the tick.
    const isLate = now - this.#tickedAt > lateMs
    return !this.#isAsleep && !isLate && !(now - this.#wokeAt < settleMs)
  }

  /** Stops looking at the clock. */
  close(): void {
    clearInterval(this.#timer)
  }

  #tick(): void {
    const now = this.#now()
    const isLate = now - this.#tickedAt > lateMs
    if (isLate) this.#wokeAt = now
    this.#ticksInTime = isLate ? 0 : this.#ticksInTime + 1
    // A sleep that was called off, or whose end nobody told.
    if (this.#ticksInTime >= ticksAwake) this.#isAsleep = false
    // A clock that was set back would else hide the next gap.
    if (now < this.#wokeAt) this.#wokeAt = Number.NEGATIVE_INFINITY
    this.#tickedAt = now
  }
}
