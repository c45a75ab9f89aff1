import { noteFault } from './faults.ts'
import type { MessagePortMain } from './message-port-main.ts'
import { portGone } from './port-symbols.ts'
import type { ToPage } from './wire.ts'

/** The way to the preload world of one page's document. */
export class DocumentLink {
  /** The ports of the main process whose other ends are in this document, by id. */
  readonly ports = new Map<string, MessagePortMain>()
  readonly #deliver: (context: number, batch: string) => Promise<unknown>
  #context: number | null = null
  #queue: ToPage[] = []
  #isFlushing = false

  /** @param deliver calls the document's receiving function */
  constructor(deliver: (context: number, batch: string) => Promise<unknown>) {
    this.#deliver = deliver
  }

  /** The execution context of the document's preload world; null while there is none. */
  get context(): number | null {
    return this.#context
  }

  /** A document has its preload world: from now on it can be reached. */
  open(context: number): void {
    this.#context = context
  }

  /** The document is gone: what was not sent yet is lost, and its ports are closed. */
  close(): void {
    this.#context = null
    this.#queue = []
    const ports = [...this.ports.values()]
    this.ports.clear()
    for (const port of ports) port[portGone]()
  }

  /** Sends an operation; they arrive in order. One to a page without a document is lost, as in Electron, and noted. */
  post(operation: ToPage): void {
    if (this.#context === null) {
      const what = operation.kind === 'event' ? `event ${operation.channel}` : operation.kind
      noteFault(`sent to a page without a preload world: ${what}`)
      return
    }
    this.#queue.push(operation)
    if (this.#isFlushing) return
    this.#isFlushing = true
    setImmediate(() => {
      void this.#flush()
    })
  }

  /** One batch at a time: Chromium need not keep the order of calls that overlap. */
  async #flush(): Promise<void> {
    while (this.#queue.length > 0 && this.#context !== null) {
      const batch = JSON.stringify(this.#queue)
      const context = this.#context
      this.#queue = []
      try {
        await this.#deliver(context, batch)
      } catch (error) {
        // A document that went away meanwhile loses its messages; anything else is a fault of the stand-in.
        if (context === this.#context) noteFault(`a message was not delivered: ${String(error)}`)
      }
    }
    this.#isFlushing = false
  }
}
