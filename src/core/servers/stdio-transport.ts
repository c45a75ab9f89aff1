import type { Readable, Writable } from 'node:stream'
import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/client'
import { AppError } from '../../shared/domain/errors.ts'
import { isRecord } from '../../shared/lib/json.ts'

/** Largest message that is taken, in bytes. A longer one is dropped and reported, and the rest of the stream goes on. */
export const maxMessageBytes = 64 * 1024 * 1024
/** How much may wait for a child that does not read its stdin, in bytes, behind the message that is being written. */
export const maxBacklogBytes = 16 * 1024 * 1024
/**
 * How long the lines of one server are worked on before the others have their turn, in milliseconds: a pipe's worth of tiny
 * lines is thousands of messages.
 */
const turnMs = 4
/** How much of the head and of the tail of an oversized message is kept, to find the id of the request that it answers. */
const keptBytes = 4_096

/** What the transport tells about the traffic, beside the messages themselves. */
export interface TransportObserver {
  onSent(message: JSONRPCMessage, text: string): void
  onReceived(message: JSONRPCMessage, text: string): void
  /** A line on stdout that is not a JSON-RPC message (MCP specification, "Transports", stdio: stdout carries nothing else). */
  onNoise(text: string): void
  /** A message over `maxMessageBytes`. */
  onOversized(bytes: number): void
}

/**
 * MCP over the pipes of a child (MCP specification, "Transports", stdio): one JSON-RPC message per line, UTF-8.
 * Framing is linear in the bytes read; noise is reported and skipped. It does not own the process.
 */
export class StdioTransport implements Transport {
  onclose?: () => void
  onerror?: (error: Error) => void
  onmessage?: Transport['onmessage']
  /** Sees each message first, and may take it: the era probe's answer is not for the protocol layer. */
  intercept: ((message: JSONRPCMessage) => boolean) | null = null
  /** Told once when the child takes so little that the connection was given up. `onclose` follows. */
  onstuck: ((error: AppError) => void) | null = null

  readonly #stdin: Writable
  readonly #stdout: Readable
  readonly #observer: TransportObserver
  readonly #limit: number
  readonly #backlogLimit: number
  /** Lengths of the messages that the pipe has not taken whole yet, the oldest first, and their sum. */
  readonly #queue: number[] = []
  #queuedBytes = 0
  /** What was read and not looked at yet; nothing more is read meanwhile. */
  #unread: Buffer[] = []
  #isNextTurnDue = false
  /** Unfinished line: pieces as they came, joined once when the line ends. */
  #pieces: Buffer[] = []
  #pendingBytes = 0
  /** While a line is over the limit: its first and last bytes, and its length so far. */
  #oversized: { head: Buffer; tail: Buffer; bytes: number } | null = null
  /** The child's stdout has ended: nothing more can come. */
  #ended = false
  #closed = false

  constructor(
    pipes: { stdin: Writable; stdout: Readable },
    observer: TransportObserver,
    limit: number = maxMessageBytes,
    backlogLimit: number = maxBacklogBytes,
  ) {
    this.#stdin = pipes.stdin
    this.#stdout = pipes.stdout
    this.#observer = observer
    this.#limit = limit
    this.#backlogLimit = backlogLimit
    pipes.stdout.on('data', (chunk: Buffer) => {
      this.#unread.push(chunk)
      // Else one that resumed the pipe brought it, and it waits behind the others.
      if (!this.#isNextTurnDue) this.#takeTurn()
    })
    pipes.stdout.on('error', (error) => this.onerror?.(error))
    pipes.stdout.once('end', () => this.end())
  }

  /**
   * Delivers messages from now on. The pipes are open from the spawn, so a second protocol layer can take over after the
   * first one closed, as the late answer of a modern server needs.
   */
  async start(): Promise<void> {
    this.#closed = this.#ended
  }

  /**
   * Writes one message. Resolves when the pipe took it; waits while the child does not read. Rejects with `exited` once
   * the pipe is closed, and with `unresponsive`, which ends the connection, where too much waits already.
   */
  async send(message: JSONRPCMessage): Promise<void> {
    // A stop ends stdin first, and calls may still come then.
    if (this.#closed || !this.#stdin.writable) throw new AppError('exited')
    const text = JSON.stringify(message)
    const bytes = Buffer.byteLength(text)
    // The oldest one is being written, however long it is; what grows without end is what waits behind it.
    if (this.#queuedBytes - (this.#queue[0] ?? 0) + bytes > this.#backlogLimit) {
      if (this.#queue.length > 0) throw this.#giveUp()
    }
    this.#observer.onSent(message, text)
    this.#queue.push(bytes)
    this.#queuedBytes += bytes
    await new Promise<void>((resolve, reject) => {
      this.#stdin.write(`${text}\n`, (error) => {
        this.#queuedBytes -= this.#queue.shift() ?? 0
        if (error) reject(new AppError('exited', {}, { cause: error }))
        else resolve()
      })
    })
  }

  /** Stops delivering messages. The process is stopped by its owner. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    this.onclose?.()
  }

  /** The process is gone: calls in flight fail now, even where a descendant still holds the pipe. */
  end(): void {
    // A pipe that has ended says so at once, even where its last lines wait for their turn.
    for (const chunk of this.#unread.splice(0)) this.#take(chunk, Number.POSITIVE_INFINITY)
    this.#ended = true
    this.#pieces = []
    void this.close()
  }

  #giveUp(): AppError {
    const error = new AppError('unresponsive', { reason: 'It does not read its stdin.' })
    this.onstuck?.(error)
    // Frees what waits.
    this.#stdin.destroy()
    this.end()
    return error
  }

  /** Works on what was read until it is done or the turn is over; the rest has the next turn. */
  #takeTurn(): void {
    const until = performance.now() + turnMs
    for (let chunk = this.#unread.shift(); chunk !== undefined; chunk = this.#unread.shift()) {
      const rest = this.#take(chunk, until)
      if (rest !== null) this.#unread.unshift(rest)
      if (performance.now() >= until && this.#unread.length > 0) break
    }
    this.#isNextTurnDue = this.#unread.length > 0
    if (!this.#isNextTurnDue) {
      this.#stdout.resume()
      return
    }
    this.#stdout.pause()
    setImmediate(() => this.#takeTurn())
  }

  /** Takes the chunk's lines until the time is over. Answers what is left of it, null for nothing. */
  #take(chunk: Buffer, until: number): Buffer | null {
    let start = 0
    for (;;) {
      const end = chunk.indexOf(0x0a, start)
      if (end < 0) break
      this.#append(chunk.subarray(start, end))
      this.#endLine()
      start = end + 1
      if (performance.now() >= until) return start < chunk.length ? chunk.subarray(start) : null
    }
    if (start < chunk.length) this.#append(chunk.subarray(start))
    return null
  }

  #append(piece: Buffer): void {
    if (this.#oversized !== null) {
      this.#oversized.bytes += piece.length
      this.#oversized.tail = lastBytes(this.#oversized.tail, piece)
      return
    }
    this.#pieces.push(piece)
    this.#pendingBytes += piece.length
    if (this.#pendingBytes > this.#limit) {
      const line = Buffer.concat(this.#pieces)
      this.#oversized = {
        head: Buffer.from(line.subarray(0, keptBytes)),
        tail: Buffer.from(line.subarray(-keptBytes)),
        bytes: line.length,
      }
      this.#pieces = []
      this.#pendingBytes = 0
    }
  }

  #endLine(): void {
    if (this.#oversized !== null) {
      const { head, tail, bytes } = this.#oversized
      this.#oversized = null
      this.#observer.onOversized(bytes)
      this.#answerOversized(head, tail, bytes)
      return
    }
    const [only] = this.#pieces
    const line =
      this.#pieces.length === 1 && only !== undefined ? only : Buffer.concat(this.#pieces)
    this.#pieces = []
    this.#pendingBytes = 0
    // Decoded per line, so a character that was split over two chunks is whole again.
    const text = line.toString('utf8').trim()
    if (text !== '') this.#deliver(text)
  }

  #deliver(text: string): void {
    if (this.#closed) return
    const messages = parseMessages(text)
    if (messages === undefined) {
      this.#observer.onNoise(text)
      return
    }
    for (const message of messages) {
      this.#observer.onReceived(message, text)
      if (this.intercept?.(message) === true) continue
      if ('method' in message) this.#hand(message, text)
      // The SDK runs the handlers of notifications one microtask later. An answer that overtook them would end its call
      // before the progress that came just ahead of it is told.
      else queueMicrotask(() => this.#hand(message, text))
    }
  }

  /**
   * Gives the message to the protocol layer. What that layer throws is reported: it would end the host, and with it every
   * other server, because of one message (nested so deep, say, that it cannot be written out as JSON).
   */
  #hand(message: JSONRPCMessage, text: string): void {
    try {
      this.onmessage?.(message)
    } catch (error) {
      this.#observer.onNoise(text)
      this.onerror?.(error instanceof Error ? error : new Error(String(error)))
    }
  }

  /** Gives the request that the oversized message answers an error of its own, where its id can be told; the others go on. */
  #answerOversized(head: Buffer, tail: Buffer, bytes: number): void {
    if (this.#closed) return
    const id = findResponseId(head.toString('utf8'), tail.toString('utf8'))
    if (id === undefined) {
      this.onerror?.(new Error(`The server sent a message of ${bytes} bytes.`))
      return
    }
    const text = `The answer was ${bytes} bytes.`
    const error = { code: oversizedCode, message: text, data: { bytes } }
    this.#hand({ jsonrpc: '2.0', id, error }, text)
  }
}

/** The code of the error that stands in for an oversized answer; from JSON-RPC's range for implementations (-32099 to -32000). */
export const oversizedCode = -32_050

/**
 * The messages of one line: one, or several where a server of revision 2025-03-26 sends a batch. Undefined when the line
 * is not JSON-RPC 2.0.
 */
export function parseMessages(text: string): readonly JSONRPCMessage[] | undefined {
  const first = text.charCodeAt(0)
  // '{' or '[': anything else cannot be a message, and a parser's exception per line of noise is dear.
  if (first !== 0x7b && first !== 0x5b) return undefined
  const value = parseOrUndefined(text)
  const items: readonly unknown[] = Array.isArray(value) ? value : [value]
  return items.length > 0 && items.every(isMessage) ? items : undefined
}

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON is an answer here, not a fault: the caller reports what it cannot use.
    return undefined
  }
}

function isMessage(value: unknown): value is JSONRPCMessage {
  if (!isRecord(value) || value['jsonrpc'] !== '2.0') return false
  const id = value['id']
  const hasId = typeof id === 'string' || typeof id === 'number'
  if (typeof value['method'] === 'string') return id === undefined || hasId
  return (hasId || id === null) && ('result' in value || isRecord(value['error']))
}

/** The id of the response of which only the head and the tail are known, if one of them shows it as a member of the outermost object. */
export function findResponseId(head: string, tail: string): string | number | undefined {
  const match =
    /^\s*\{\s*(?:"jsonrpc"\s*:\s*"2\.0"\s*,\s*)?"id"\s*:\s*("(?:[^"\\]|\\.)*"|-?\d+)/.exec(head) ??
    /,\s*"id"\s*:\s*("(?:[^"\\]|\\.)*"|-?\d+)\s*(?:,\s*"jsonrpc"\s*:\s*"2\.0"\s*)?\}\s*$/.exec(tail)
  if (match?.[1] === undefined) return undefined
  const id = parseOrUndefined(match[1])
  return typeof id === 'string' || typeof id === 'number' ? id : undefined
}

function lastBytes(tail: Buffer, piece: Buffer): Buffer {
  return piece.length >= keptBytes
    ? Buffer.from(piece.subarray(-keptBytes))
    : Buffer.concat([tail, piece]).subarray(-keptBytes)
}
