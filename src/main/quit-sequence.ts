/** How the program ends. */
export interface QuitSteps {
  /** The end has begun: shown while servers stop. */
  readonly onBegin: () => void
  /** Stops the servers and closes everything. */
  readonly close: () => Promise<void>
  /** Has `close` wait no longer for servers that do not want to end. */
  readonly hurry: () => void
  /** Something of it failed; the program ends all the same. */
  readonly onFault: (error: unknown) => void
  /** Ends the process; nothing comes after it. */
  readonly exit: () => void
  /** Milliseconds, of a clock that only goes forward. */
  readonly now: () => number
}

/** Who asks again within this time has asked once, in milliseconds: a key that is held, or a signal that comes by two ways. */
const sameAskMs = 1_000

/**
 * Ends the program once everything has stopped. Whoever asks a second time does not wait for servers: they are killed. Whoever asks
 * once more has the process end, whatever is left.
 */
export class QuitSequence {
  readonly #steps: QuitSteps
  #asked = 0
  #askedAt = Number.NEGATIVE_INFINITY
  #hasStopped = false

  constructor(steps: QuitSteps) {
    this.#steps = steps
  }

  /** Whether the program is ending. */
  get hasBegun(): boolean {
    return this.#asked > 0
  }

  /** Whether everything has stopped: nothing is left for which the process would have to live. */
  get hasStopped(): boolean {
    return this.#hasStopped
  }

  /** Begins the end, or hastens it. `last` runs in place of the plain exit, and has to end the process. */
  begin(last: () => void = this.#steps.exit): void {
    const now = this.#steps.now()
    const isSameAsk = now - this.#askedAt < sameAskMs
    this.#askedAt = now
    if (this.hasBegun && isSameAsk) return
    this.#asked += 1
    if (this.#asked === 2) this.#steps.hurry()
    if (this.#asked > 2) this.#steps.exit()
    if (this.#asked > 1) return
    this.#steps.onBegin()
    void this.#end(last)
  }

  /** Begins the end, or has it wait no longer for servers: what a person says who sees what is waited for. */
  hasten(): void {
    if (this.hasBegun) this.#steps.hurry()
    else this.begin()
  }

  async #end(last: () => void): Promise<void> {
    try {
      await this.#steps.close()
    } catch (error) {
      this.#steps.onFault(error)
    }
    this.#hasStopped = true
    try {
      last()
    } catch (error) {
      this.#steps.onFault(error)
      this.#steps.exit()
    }
  }
}
