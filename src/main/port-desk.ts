import { RPCHandler } from '@orpc/server/message-port'
import { type IpcMainEvent, ipcMain, MessageChannelMain, type MessagePortMain } from 'electron'
import type { Logger } from 'pino'
import { portChannel, portRequestChannel } from '../shared/lib/port-handover.ts'
import { isOwnPage } from './own-page.ts'
import type { WindowRouter } from './window-router.ts'

/** What the desk needs. */
export interface PortDeskOptions {
  /** The router of the host that there is, as soon as there is one. */
  readonly router: () => Promise<WindowRouter>
  /** Whether these contents are the window's. */
  readonly isWindow: (contentsId: number) => boolean
  /** No page is connected any more: what one had told is void. */
  readonly onNobody: () => void
  readonly logger: Logger
}

/** Hands the window's page a port to the host each time it asks for one, and nobody else. */
export class PortDesk {
  readonly #options: PortDeskOptions
  readonly #open = new Set<MessagePortMain>()

  constructor(options: PortDeskOptions) {
    this.#options = options
    ipcMain.on(portRequestChannel, (event) => {
      if (!this.#isTrusted(event)) {
        options.logger.warn('a port was refused: the sender is not the page of the window')
        return
      }
      this.#handOver(event).catch((error: unknown) => {
        options.logger.error({ err: error }, 'a port could not be handed over')
      })
    })
  }

  /** Ends every connection; the page asks for a new port then. */
  closeAll(): void {
    for (const port of this.#open) port.close()
    this.#open.clear()
    this.#options.onNobody()
  }

  /** Only the main frame of the window, and only while the window's own page is in it. */
  #isTrusted({ sender, senderFrame }: IpcMainEvent): boolean {
    return (
      senderFrame !== null &&
      senderFrame.parent === null &&
      isOwnPage(senderFrame.url) &&
      this.#options.isWindow(sender.id)
    )
  }

  async #handOver(event: IpcMainEvent): Promise<void> {
    const router = await this.#options.router()
    // The page may have gone while there was no host.
    if (event.sender.isDestroyed() || !this.#isTrusted(event)) return
    const { port1, port2 } = new MessageChannelMain()
    this.#open.add(port1)
    port1.once('close', () => {
      // The page of a moment ago may have another port already.
      if (this.#open.delete(port1) && this.#open.size === 0) this.#options.onNobody()
    })
    new RPCHandler(router).upgrade(port1, {
      context: { caller: { kind: 'ui' } },
    })
    port1.start()
    event.sender.postMessage(portChannel, null, [port2])
  }
}
