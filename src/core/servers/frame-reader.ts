import { StringDecoder } from 'node:string_decoder'
import { maxNesting, NestingScan } from './nesting-scan.ts'

/** How much of the head and of the tail of a dropped frame is kept, in bytes, to find the id of the request that it answers. */
const keptBytes = 4_096
const newline = 0x0a

/** A frame of which only the ends are known, because it is too much to be taken. */
export interface DroppedFrame {
  /** Longer than the limit, or nested deeper than `maxNesting`. */
  readonly reason: 'size' | 'nesting'
  readonly bytes: number
  readonly head: string
  readonly tail: string
}

/** Told of each frame as its line ends. */
export interface FrameHandlers {
  /** The text of a line without white space around it; never empty. */
  readonly onFrame: (text: string) => void
  readonly onDropped: (frame: DroppedFrame) => void
}

/**
 * Splits bytes into frames, one on each line, in time linear in the bytes. What is too long or nested too deep is dropped and
 * told. A line that comes in pieces is looked at and decoded as they come, so that none holds anybody up at its end.
 */
export class FrameReader {
  readonly #handlers: FrameHandlers
  readonly #maxBytes: number
  /** The unfinished line, as far as it has come. A character that was split over two pieces waits in the decoder. */
  #text = ''
  #bytes = 0
  readonly #decoder = new StringDecoder('utf8')
  #nesting = new NestingScan()
  /** Why nothing more of the unfinished line is kept, and its ends; null while it is. */
  #dropped: { reason: DroppedFrame['reason']; head: string; tail: Buffer } | null = null

  /** @param maxBytes of the longest frame that is taken. */
  constructor(handlers: FrameHandlers, maxBytes: number) {
    this.#handlers = handlers
    this.#maxBytes = maxBytes
  }

  /** Takes the chunk's lines until that time (`performance.now()`). Answers what is left of the chunk, null for nothing. */
  take(chunk: Buffer, until: number): Buffer | null {
    let start = 0
    for (;;) {
      const end = chunk.indexOf(newline, start)
      if (end < 0) break
      this.#endLine(chunk.subarray(start, end))
      start = end + 1
      if (performance.now() >= until) return start < chunk.length ? chunk.subarray(start) : null
    }
    if (start < chunk.length) this.#append(chunk.subarray(start))
    return null
  }

  /** Forgets the unfinished line. */
  clear(): void {
    this.#text = ''
    this.#bytes = 0
    this.#decoder.end()
    this.#nesting = new NestingScan()
    this.#dropped = null
  }

  #append(piece: Buffer): void {
    this.#bytes += piece.length
    if (this.#dropped !== null) {
      this.#dropped.tail = lastBytes(this.#dropped.tail, piece)
      return
    }
    const isTooLong = this.#bytes > this.#maxBytes
    const isTooDeep = !isTooLong && this.#nesting.isTooDeep(piece)
    this.#text += this.#decoder.write(piece)
    if (!isTooLong && !isTooDeep) return
    this.#dropped = {
      reason: isTooLong ? 'size' : 'nesting',
      head: this.#text.slice(0, keptBytes),
      tail: lastBytes(Buffer.from(this.#text.slice(-keptBytes)), Buffer.alloc(0)),
    }
    this.#text = ''
  }

  #endLine(lastPiece: Buffer): void {
    // Most lines are short and come whole, and have no room for deep nesting.
    if (this.#bytes === 0 && lastPiece.length <= maxNesting) {
      this.#hand(lastPiece.toString('utf8'))
      return
    }
    this.#append(lastPiece)
    const [text, bytes, dropped] = [this.#text + this.#decoder.end(), this.#bytes, this.#dropped]
    this.clear()
    if (dropped === null) this.#hand(text)
    else this.#handlers.onDropped({ ...dropped, tail: dropped.tail.toString('utf8'), bytes })
  }

  #hand(line: string): void {
    const text = line.trim()
    if (text !== '') this.#handlers.onFrame(text)
  }
}

function lastBytes(tail: Buffer, piece: Buffer): Buffer {
  return piece.length >= keptBytes
    ? Buffer.from(piece.subarray(-keptBytes))
    : Buffer.concat([tail, piece]).subarray(-keptBytes)
}
