/** How the program ends. */
export interface QuitSteps {
  /** The end has begun: shown while servers stop. */
  readonly onBegin: () => void
  /** Stops the servers and closes everything. */
  readonly close: () => Promise<void>
  /** Something of it failed; the program ends all the same. */
  readonly onFault: (error: unknown) => void
  /** Ends the process; nothing comes after it. */
  readonly exit: () => void
}

/** Ends the program once everything has stopped; whoever asks a second time does not wait for that. */
export class QuitSequence {
  readonly #steps: QuitSteps
  #hasBegun = false

  constructor(steps: QuitSteps) {
    this.#steps = steps
  }

  /** Whether the program is ending. */
  get hasBegun(): boolean {
    return this.#hasBegun
  }

  /** Begins the end, or has it at once where it has begun. `last` runs in place of the plain exit. */
  begin(last: () => void = this.#steps.exit): void {
    if (this.#hasBegun) {
      this.#steps.exit()
      return
    }
    this.#hasBegun = true
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
