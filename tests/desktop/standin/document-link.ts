import { noteFault } from './faults.ts'
import type { MessagePortMain } from './message-port-main.ts'
import { portGone } from './port-symbols.ts'
import type { ToPage } from './wire.ts'

/** The way to the preload world of one page's document. */
export class DocumentLink {
  /** The ports of the main process whose other ends are in this document, by id. */
  readonly ports = new Map<string, MessagePortMain>()
  readonly #deliver: (context: number, batch: string) => Promise<unknown>
  /** The document that is there; its numbers come again in another page, so it is told apart by identity. */
  #document: { readonly context: number } | null = null
  #queue: ToPage[] = []
  #isFlushing = false

  /** @param deliver calls the document's receiving function */
  constructor(deliver: (context: number, batch: string) => Promise<unknown>) {
    this.#deliver = deliver
  }

  /** The execution context of the document's preload world; null while there is none. */
  get context(): number | null {
    return this.#document?.context ?? null
  }

  /** A document has its preload world: from now on it can be reached. */
  open(context: number): void {
    this.#document = { context }
  }

  /** The document is gone: what was not sent yet is lost, and its ports are closed. */
  close(): void {
    this.#document = null
    this.#queue = []
    // A page that crashed never answers what was on its way to it.
    this.#isFlushing = false
    const ports = [...this.ports.values()]
    this.ports.clear()
    for (const port of ports) port[portGone]()
  }

  /** Sends an operation; they arrive in order. One to a page without a document is lost, as in Electron, and noted. */
  post(operation: ToPage): void {
    const document = this.#document
    if (document === null) {
      const what = operation.kind === 'event' ? `event ${operation.channel}` : operation.kind
      noteFault(`sent to a page without a preload world: ${what}`)
      return
    }
    this.#queue.push(operation)
    if (this.#isFlushing) return
    this.#isFlushing = true
    setImmediate(() => {
      void this.#flush(document)
    })
  }

  /** One batch at a time: Chromium need not keep the order of calls that overlap. */
  async #flush(document: { readonly context: number }): Promise<void> {
    while (this.#queue.length > 0 && this.#document === document) {
      const batch = JSON.stringify(this.#queue)
      this.#queue = []
      try {
        await this.#deliver(document.context, batch)
      } catch (error) {
        // A document that went away meanwhile, alone or with Chromium, loses its messages; anything else is a fault of the stand-in.
        const isGone =
          this.#document !== document ||
          // Chromium may say so before it tells of the end of the document.
          /crashed|Chromium is gone|navigated or closed/.test(String(error))
        if (!isGone) noteFault(`a message was not delivered: ${String(error)}`)
      }
    }
    if (this.#document === document) this.#isFlushing = false
  }
}
