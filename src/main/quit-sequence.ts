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
}

/**
 * Ends the program once everything has stopped. Whoever asks a second time does not wait for servers: they are killed. Whoever asks
 * once more has the process end, whatever is left.
 */
export class QuitSequence {
  readonly #steps: QuitSteps
  #asked = 0

  constructor(steps: QuitSteps) {
    this.#steps = steps
  }

  /** Whether the program is ending. */
  get hasBegun(): boolean {
    return this.#asked > 0
  }

  /** Begins the end, or hastens it. `last` runs in place of the plain exit. */
  begin(last: () => void = this.#steps.exit): void {
    this.#asked += 1
    if (this.#asked === 2) this.#steps.hurry()
    if (this.#asked > 2) this.#steps.exit()
    if (this.#asked > 1) return
    this.#steps.onBegin()
    void this.#end(last)
  }

  async #end(last: () => void): Promise<void> {
    try {
      await this.#steps.close()
    } catch (error) {
      this.#steps.onFault(error)
    }
    last()
  }
}
