import { keptBytes, maxLineBytes } from './bounded-text.ts'

/** One line that a process wrote, without its line end. */
export interface SplitLine {
  /** At most `maxBytes` bytes of UTF-8. Bytes that are no UTF-8 are U+FFFD. */
  readonly text: string
  /** How many bytes of the line were left out because it was longer; 0 as a rule. */
  readonly cutBytes: number
}

const newline = 0x0a
const carriageReturn = 0x0d

/**
 * Splits a stream of bytes into lines at `\n` and `\r\n`, in time linear in the bytes and with memory for one line. A
 * line is decoded when it is complete, so characters that arrive in pieces are whole. Text after the last line end is a
 * line once `end` is called.
 */
export class LineSplitter {
  readonly #onLine: (line: SplitLine) => void
  readonly #maxBytes: number
  /** The line so far, at most `maxBytes` and one carriage return. */
  #pieces: Buffer[] = []
  #heldBytes = 0
  #lineBytes = 0
  #lastByte = 0

  /** @param maxBytes bound of a line in bytes; 64 KiB unless told. */
  constructor(onLine: (line: SplitLine) => void, maxBytes: number = maxLineBytes) {
    this.#onLine = onLine
    this.#maxBytes = maxBytes
  }

  /** Takes what was read. Calls back for each line that it completes. */
  push(chunk: Uint8Array): void {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    let start = 0
    for (;;) {
      const end = bytes.indexOf(newline, start)
      if (end < 0) break
      this.#take(bytes.subarray(start, end))
      this.#finish()
      start = end + 1
    }
    // Copied, so that the end of a line does not keep the whole chunk alive, nor change when its buffer is used again.
    if (start < bytes.length) this.#take(Buffer.from(bytes.subarray(start)))
  }

  /** Ends the stream: an unfinished line is one now. */
  end(): void {
    if (this.#lineBytes > 0) this.#finish()
  }

  #take(bytes: Buffer): void {
    if (bytes.length === 0) return
    this.#lineBytes += bytes.length
    this.#lastByte = bytes.at(-1) ?? 0
    // One byte more than the bound: if it is the carriage return, nothing needs to be cut.
    const room = this.#maxBytes + 1 - this.#heldBytes
    if (room <= 0) return
    const piece = bytes.subarray(0, room)
    this.#pieces.push(piece)
    this.#heldBytes += piece.length
  }

  #finish(): void {
    const endsInReturn = this.#lineBytes > 0 && this.#lastByte === carriageReturn
    const length = this.#lineBytes - (endsInReturn ? 1 : 0)
    const held = this.#pieces.length === 1 ? this.#pieces[0] : Buffer.concat(this.#pieces)
    const whole = held?.subarray(0, Math.min(length, held.length)) ?? Buffer.alloc(0)
    const kept = keptBytes(whole, this.#maxBytes)
    this.#pieces = []
    this.#heldBytes = 0
    this.#lineBytes = 0
    this.#lastByte = 0
    this.#onLine({ text: whole.toString('utf8', 0, kept), cutBytes: length - kept })
  }
}
