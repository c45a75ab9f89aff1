import { decode, type Encoded, encode } from './codec.ts'
import type { DocumentLink } from './document-link.ts'
import { portArrive, portFromPage, portGone, portHand, portPair } from './port-symbols.ts'
import { notImplemented, StrictEmitter } from './strict.ts'

/** Where the other end of a port is. */
type Peer =
  | { readonly kind: 'here'; readonly port: MessagePortMain }
  | { readonly kind: 'page'; readonly link: DocumentLink; readonly id: string }

interface Received {
  readonly data: unknown
  readonly ports: MessagePortMain[]
}

let lastId = 0

/** Electron's MessagePortMain: what arrives waits until `start`, what cannot be cloned throws. */
export class MessagePortMain extends StrictEmitter {
  #peer: Peer | null = null
  #queue: Received[] = []
  #isStarted = false
  #isNeutered = false

  /** Two ports of this process that talk to each other. */
  static [portPair](): [MessagePortMain, MessagePortMain] {
    const ports: [MessagePortMain, MessagePortMain] = [new MessagePortMain(), new MessagePortMain()]
    const [first, second] = ports
    first.#peer = { kind: 'here', port: second }
    second.#peer = { kind: 'here', port: first }
    return ports
  }

  /** A port whose other end a page has handed over. */
  static [portFromPage](link: DocumentLink, id: string): MessagePortMain {
    const port = new MessagePortMain()
    port.#peer = { kind: 'page', link, id }
    link.ports.set(id, port)
    return port
  }

  /** Keeps structured clone from taking a port for a plain object. */
  get [Symbol.toStringTag](): string {
    return 'MessagePortMain'
  }

  postMessage(message: unknown, transfer: MessagePortMain[] = []): void {
    if (this.#isNeutered) throw new Error('Port is already neutered')
    const encoded = encode(message, transfer)
    const peer = this.#peer
    if (peer === null) return
    if (peer.kind === 'page') {
      this.#sendToPage(peer, encoded, transfer)
      return
    }
    const ports = transfer.map((transferred) => transferred.#move())
    const data = decode(encoded, ports)
    setImmediate(() => {
      // The other end may have moved meanwhile; this one may have been closed, which loses no message.
      const target = this.#peer ?? peer
      if (target.kind === 'page') this.#sendToPage(target, encode(data, ports), ports)
      else target.port[portArrive](data, ports)
    })
  }

  start(): void {
    if (this.#isStarted) return
    this.#isStarted = true
    const queue = this.#queue
    this.#queue = []
    for (const received of queue) this.emit('message', received)
  }

  close(): void {
    const peer = this.#peer
    if (peer === null) return
    if (peer.kind === 'page') {
      peer.link.ports.delete(peer.id)
      peer.link.post({ kind: 'port-closed', port: peer.id })
    } else {
      setImmediate(() => peer.port[portGone]())
    }
    this[portGone]()
  }

  [portGone](): void {
    if (this.#peer === null) return
    this.#peer = null
    setImmediate(() => this.emit('close'))
  }

  [portArrive](data: unknown, ports: MessagePortMain[]): void {
    if (this.#isStarted) this.emit('message', { data, ports })
    else this.#queue.push({ data, ports })
  }

  [portHand](link: DocumentLink): string {
    if (this.#isNeutered || this.#peer === null) throw new Error('Port is already neutered')
    if (this.#peer.kind === 'page') throw notImplemented('to hand on a port that came from a page')
    const other = this.#peer.port
    const id = `main-${++lastId}`
    other.#peer = { kind: 'page', link, id }
    link.ports.set(id, other)
    this.#peer = null
    this.#isNeutered = true
    for (const { data, ports } of this.#queue) {
      this.#sendToPage({ kind: 'page', link, id }, encode(data, ports), ports)
    }
    this.#queue = []
    return id
  }

  #sendToPage(
    { link, id }: Extract<Peer, { kind: 'page' }>,
    data: Encoded,
    transfer: readonly MessagePortMain[],
  ): void {
    const ports = transfer.map((port) => port[portHand](link))
    link.post({ kind: 'port-message', port: id, data, ports })
  }

  /** A transferred port is dead for its sender; a new one takes its place. */
  #move(): MessagePortMain {
    if (this.#isNeutered || this.#peer?.kind !== 'here') throw new Error('Port is already neutered')
    const moved = new MessagePortMain()
    const { port: other } = this.#peer
    moved.#peer = { kind: 'here', port: other }
    moved.#queue = this.#queue
    other.#peer = { kind: 'here', port: moved }
    this.#peer = null
    this.#queue = []
    this.#isNeutered = true
    return moved
  }
}
