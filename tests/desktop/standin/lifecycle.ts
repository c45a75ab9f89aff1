import { runtime } from './runtime.ts'

/** What the end of the application needs from the rest of the stand-in. */
interface Parts {
  /** Asks every window to close; answers whether there was one. */
  readonly closeWindows: () => boolean
  /** What has to happen before the process may end: a message to the first instance, for one. */
  readonly beforeExit: () => Promise<void>
  /** Whether someone listens to `window-all-closed`. */
  readonly hearsAllClosed: () => boolean
}

/** The end of the application: what follows what when it quits. */
class Lifecycle {
  appName = 'Electron'
  #parts: Parts | null = null
  #isQuitting = false
  #isExiting = false

  /** Connects the parts that know windows and the other instance. */
  connect(parts: Parts): void {
    this.#parts = parts
  }

  /** Whether the application has begun to end. */
  get isEnding(): boolean {
    return this.#isQuitting || this.#isExiting
  }

  /** Electron's `app.quit`: before-quit, the windows close, will-quit, quit. Each may be prevented but the last. */
  quit(): void {
    if (this.isEnding) return
    this.#isQuitting = true
    if (runtime.emitFromApp('before-quit')) {
      this.#isQuitting = false
      return
    }
    if (this.#parts?.closeWindows() !== true) setImmediate(() => this.#finish())
  }

  /** A window did not want to close, so the application goes on. */
  closePrevented(): void {
    this.#isQuitting = false
  }

  /** The last window is gone. Without a listener that is the end, as in Electron. */
  allWindowsClosed(): void {
    if (this.#isExiting) return
    if (this.#isQuitting) this.#finish()
    else if (this.#parts?.hearsAllClosed() === true) runtime.emitFromApp('window-all-closed')
    else this.quit()
  }

  /** Ends at once: only `quit` is emitted. */
  exit(exitCode: number): void {
    if (this.#isExiting) return
    this.#isExiting = true
    runtime.emitFromApp('quit', exitCode)
    void this.#exit(exitCode)
  }

  #finish(): void {
    if (!this.#isQuitting || this.#isExiting) return
    if (runtime.emitFromApp('will-quit')) {
      this.#isQuitting = false
      return
    }
    this.exit(0)
  }

  async #exit(exitCode: number): Promise<void> {
    try {
      await this.#parts?.beforeExit()
      await runtime.stop()
    } finally {
      process.exit(exitCode)
    }
  }
}

/** The one lifecycle of this process. */
export const lifecycle = new Lifecycle()
