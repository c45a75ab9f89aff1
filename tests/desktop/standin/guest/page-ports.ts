import { decode, type Encoded, encode } from '../codec.ts'
import type { FromPage } from '../wire.ts'

/**
 * The ports of one document whose other ends are in the main process. Each is one side of a real MessageChannel: the
 * stand-in keeps that side, and what arrives on it is sent to the main process.
 */
export class PagePorts {
  readonly #ports = new Map<string, MessagePort>()
  readonly #tell: (operation: FromPage) => void
  #lastId = 0

  constructor(tell: (operation: FromPage) => void) {
    this.#tell = tell
  }

  /** Ports for the page, for ids that came from the main process. */
  land(ids: readonly string[]): MessagePort[] {
    return ids.map((id) => {
      const { port1, port2 } = new MessageChannel()
      this.#keep(id, port2)
      return port1
    })
  }

  /** Takes ports of the page over; answers with the ids by which the main process knows them. */
  adopt(ports: readonly MessagePort[]): string[] {
    return ports.map((port) => {
      const id = `page-${++this.#lastId}`
      this.#keep(id, port)
      return id
    })
  }

  /** A message from the main process. */
  deliver(id: string, data: Encoded, portIds: readonly string[]): void {
    const ports = this.land(portIds)
    this.#ports.get(id)?.postMessage(decode(data, ports), ports)
  }

  /** The main process has closed its end. */
  close(id: string): void {
    const port = this.#ports.get(id)
    this.#ports.delete(id)
    port?.close()
  }

  #keep(id: string, port: MessagePort): void {
    this.#ports.set(id, port)
    port.addEventListener('message', ({ data, ports }: MessageEvent<unknown>) => {
      const encoded = encode(data, ports)
      this.#tell({ kind: 'port-message', port: id, data: encoded, ports: this.adopt(ports) })
    })
    port.addEventListener('close', () => {
      if (this.#ports.delete(id)) this.#tell({ kind: 'port-closed', port: id })
    })
    port.start()
  }
}
