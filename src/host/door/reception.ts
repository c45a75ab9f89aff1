import type { WebSocket } from 'ws'
import type { Visitor } from './door.ts'

/** Serves one visitor's connection. */
export type Serve = (socket: WebSocket, visitor: Visitor) => void

/**
 * Lets visitors wait who came before there was anything to serve: the door opens a moment before the core is built. What
 * they say meanwhile is not read, so that it is not lost.
 */
export class Reception {
  readonly #waiting: { socket: WebSocket; visitor: Visitor }[] = []
  #serve: Serve | null = null

  /** Serves a visitor, now or as soon as `open` was called. */
  receive(socket: WebSocket, visitor: Visitor): void {
    if (this.#serve !== null) {
      this.#serve(socket, visitor)
      return
    }
    socket.pause()
    this.#waiting.push({ socket, visitor })
  }

  /** From now on visitors are served, those who waited first. */
  open(serve: Serve): void {
    this.#serve = serve
    for (const { socket, visitor } of this.#waiting.splice(0)) {
      serve(socket, visitor)
      socket.resume()
    }
  }
}
