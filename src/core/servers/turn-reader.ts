import type { Readable } from 'node:stream'

/**
 * How long what one pipe brought is worked on before everything else has its turn, in milliseconds: what a pipe and its
 * buffers hold can be thousands of messages, or 2 MB of one.
 */
const turnMs = 4

/** Works on a chunk until a time of `performance.now()`. Answers what is left of it, null for nothing. */
export type TakeChunk = (chunk: Buffer, until: number) => Buffer | null

/** Reads a pipe in turns. While something waits for its turn, nothing more is read. */
export class TurnReader {
  readonly #pipe: Readable
  readonly #take: TakeChunk
  readonly #unread: Buffer[] = []
  /** When this turn is over, whatever more comes until then. Null between two turns. */
  #turnEndsAt: number | null = null
  #isWaiting = false

  constructor(pipe: Readable, take: TakeChunk) {
    this.#pipe = pipe
    this.#take = take
    pipe.on('data', (chunk: Buffer) => {
      this.#unread.push(chunk)
      // Else one that resumed the pipe brought it, and it waits behind the others.
      if (!this.#isWaiting) this.#work()
    })
  }

  /** Works on all that was read, whatever time it takes: the pipe has ended. */
  finish(): void {
    for (const chunk of this.#unread.splice(0)) this.#take(chunk, Number.POSITIVE_INFINITY)
  }

  #work(): void {
    if (this.#turnEndsAt === null) {
      this.#turnEndsAt = performance.now() + turnMs
      // Comes after all that was read together: the system hands over up to 32 chunks at once.
      setImmediate(() => this.#endTurn())
    }
    const until = this.#turnEndsAt
    for (let chunk = this.#unread.shift(); chunk !== undefined; chunk = this.#unread.shift()) {
      const rest = this.#take(chunk, until)
      if (rest !== null) this.#unread.unshift(rest)
      if (performance.now() >= until) break
    }
    if (performance.now() < until) return
    this.#isWaiting = true
    this.#pipe.pause()
  }

  #endTurn(): void {
    this.#turnEndsAt = null
    if (!this.#isWaiting) return
    this.#isWaiting = false
    this.#work()
    if (!this.#isWaiting) this.#pipe.resume()
  }
}
