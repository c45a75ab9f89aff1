import type { Logger } from 'pino'
import type { ErrorInfo } from '../../shared/domain/errors.ts'

/** Things that a person should know, such as a state file that was mended. They are kept until the program ends. */
export class Notices {
  readonly #logger: Logger
  readonly #kept: ErrorInfo[] = []
  readonly #listeners = new Set<() => void>()

  constructor(logger: Logger) {
    this.#logger = logger
  }

  /** All of them, the oldest first. */
  list(): readonly ErrorInfo[] {
    return this.#kept
  }

  /** Keeps one more and tells the listeners. */
  add(notice: ErrorInfo): void {
    this.#logger.warn({ notice }, 'notice')
    this.#kept.push(notice)
    for (const listener of this.#listeners) listener()
  }

  /** Told when there is one more. The answer ends it. */
  onDidAdd(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
