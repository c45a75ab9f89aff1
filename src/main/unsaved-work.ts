/** What the question before a loss needs. */
export interface UnsavedWorkOptions {
  /** Asks whether what was typed may be lost. */
  readonly ask: () => Promise<boolean>
  /** The program is ending already, with the person's consent or without. */
  readonly isQuitting: () => boolean
  /** For work that nobody waits for. */
  readonly inBackground: (work: Promise<unknown>) => void
}

/** What a person has typed into the page and not saved: they are asked before they quit, once. */
export class UnsavedWork {
  readonly #options: UnsavedWorkOptions
  #isThere = false
  #isAsking = false

  constructor(options: UnsavedWorkOptions) {
    this.#options = options
  }

  /** The page has something that is not saved, or no more: it was saved, given up, or the page is gone. */
  note(isThere: boolean): void {
    this.#isThere = isThere
  }

  /** Quits: at once, or once the person agrees to lose what is not saved. While they are being asked, nobody asks again. */
  before(quit: () => void): void {
    if (!this.#isThere || this.#options.isQuitting()) quit()
    else if (!this.#isAsking) this.#options.inBackground(this.#askThen(quit))
  }

  async #askThen(quit: () => void): Promise<void> {
    this.#isAsking = true
    const mayLose = await this.#options.ask().finally(() => {
      this.#isAsking = false
    })
    if (mayLose) quit()
  }
}
