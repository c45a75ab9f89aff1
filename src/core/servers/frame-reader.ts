import { StringDecoder } from 'node:string_decoder'
import { JsonPieces } from './json-pieces.ts'
import { maxNesting, NestingScan } from './nesting-scan.ts'

/** How much of the head and of the tail of a dropped frame is kept, in bytes, to find the id of the request that it answers. */
const keptBytes = 4_096
/** A longer line is parsed as it comes: at its end, one of 20 MB would hold everybody up for the time of 5 turns. */
const longBytes = 256 * 1024
const newline = 0x0a

/** A line that is taken. */
export interface Frame {
  /** Without white space around it, never empty. Of a long line only the beginning: at least 64 KiB of it. */
  readonly text: string
  readonly bytes: number
  /** For a long line: its value, undefined where it is not JSON. */
  readonly parsed?: { readonly value: unknown }
}

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
  readonly onFrame: (frame: Frame) => void
  readonly onDropped: (frame: DroppedFrame) => void
}

/**
 * Splits bytes into frames, one on each line, in time linear in the bytes. What is too long or nested too deep is dropped and
 * told. A line that comes in pieces is looked at, decoded and, if it is long, parsed as they come, so that none holds anybody up
 * at its end.
 */
export class FrameReader {
  readonly #handlers: FrameHandlers
  readonly #maxBytes: number
  /** The unfinished line, as far as it has come and is not long. A character that was split over two pieces waits in the decoder. */
  #text = ''
  /** What parses the unfinished line and its end, once it is long. */
  #long: { readonly json: JsonPieces; tail: Buffer } | null = null
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
    this.#long = null
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
    const text = this.#decoder.write(piece)
    if (this.#long === null) this.#text += text
    else this.#long.tail = lastBytes(this.#long.tail, piece)
    if (isTooLong || isTooDeep) this.#drop(isTooLong ? 'size' : 'nesting')
    else if (this.#long !== null) this.#long.json.take(text)
    else if (this.#bytes > longBytes) {
      this.#long = { json: new JsonPieces(), tail: this.#endOfText() }
      this.#long.json.take(this.#text.trimStart())
    }
  }

  /** Keeps no more than the ends of the unfinished line. */
  #drop(reason: DroppedFrame['reason']): void {
    const head = this.#text.slice(0, keptBytes)
    this.#dropped = { reason, head, tail: this.#long?.tail ?? this.#endOfText() }
    this.#text = ''
    this.#long = null
  }

  #endOfText(): Buffer {
    return lastBytes(Buffer.alloc(0), Buffer.from(this.#text.slice(-keptBytes)))
  }

  #endLine(lastPiece: Buffer): void {
    // Most lines are short and come whole, and have no room for deep nesting.
    if (this.#bytes === 0 && lastPiece.length <= maxNesting) {
      this.#hand(lastPiece.toString('utf8'))
      return
    }
    this.#append(lastPiece)
    const rest = this.#decoder.end()
    const [text, bytes, dropped, long] = [this.#text, this.#bytes, this.#dropped, this.#long]
    this.clear()
    if (dropped !== null) {
      this.#handlers.onDropped({ ...dropped, tail: dropped.tail.toString('utf8'), bytes })
    } else if (long === null) this.#hand(text + rest)
    else {
      long.json.take(rest)
      this.#hand(text, { bytes, parsed: { value: long.json.end() } })
    }
  }

  #hand(line: string, long?: Pick<Frame, 'bytes' | 'parsed'>): void {
    const text = line.trim()
    if (text !== '') this.#handlers.onFrame({ text, bytes: Buffer.byteLength(text), ...long })
  }
}

function lastBytes(tail: Buffer, piece: Buffer): Buffer {
  return piece.length >= keptBytes
    ? Buffer.from(piece.subarray(-keptBytes))
    : Buffer.concat([tail, piece]).subarray(-keptBytes)
}
