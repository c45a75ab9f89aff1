import type { Readable, Writable } from 'node:stream'
import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/client'
import { AppError } from '../../shared/domain/errors.ts'
import { type DroppedFrame, type Frame, FrameReader } from './frame-reader.ts'
import { maxNesting } from './nesting-scan.ts'
import { findResponseId, messagesOf, parseMessages } from './parse-frame.ts'
import { TurnReader } from './turn-reader.ts'

/** Largest message that is taken, in bytes. A longer one is dropped and reported, and the rest of the stream goes on. */
export const maxMessageBytes = 64 * 1024 * 1024
/** How much may wait for a child that does not read its stdin, in bytes, behind the message that is being written. */
export const maxBacklogBytes = 16 * 1024 * 1024

/** What the transport tells about the traffic, beside the messages themselves. */
export interface TransportObserver {
  onSent(message: JSONRPCMessage, text: string): void
  /** @param bytes of the whole message, of which the text may be only the beginning: at least 64 KiB. */
  onReceived(message: JSONRPCMessage, text: string, bytes: number): void
  /** A line on stdout that is not a JSON-RPC message (MCP specification, "Transports", stdio: stdout carries nothing else). */
  onNoise(text: string, bytes: number): void
  /** A message over `maxMessageBytes`, or nested too deep. */
  onDropped(frame: DroppedFrame): void
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
  readonly #observer: TransportObserver
  readonly #frames: FrameReader
  readonly #turns: TurnReader
  readonly #backlogLimit: number
  /** Lengths of the messages that the pipe has not taken whole yet, the oldest first, and their sum. */
  readonly #queue: number[] = []
  #queuedBytes = 0
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
    this.#observer = observer
    this.#backlogLimit = backlogLimit
    const onFrame = (frame: Frame) => this.#deliver(frame)
    const onDropped = (frame: DroppedFrame) => this.#drop(frame)
    this.#frames = new FrameReader({ onFrame, onDropped }, limit)
    this.#turns = new TurnReader(pipes.stdout, (chunk, until) => this.#frames.take(chunk, until))
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
    this.#turns.finish()
    this.#ended = true
    this.#frames.clear()
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

  #deliver(frame: Frame): void {
    if (this.#closed) return
    const { text, bytes, parsed } = frame
    const messages = parsed === undefined ? parseMessages(text) : messagesOf(parsed.value)
    if (messages === undefined) {
      this.#observer.onNoise(text, bytes)
      return
    }
    for (const message of messages) {
      this.#observer.onReceived(message, text, bytes)
      if (this.intercept?.(message) === true) continue
      if ('method' in message) this.#hand(message, frame)
      // The SDK runs the handlers of notifications one microtask later. An answer that overtook them would end its call
      // before the progress that came just ahead of it is told.
      else queueMicrotask(() => this.#hand(message, frame))
    }
  }

  /**
   * Gives the message to the protocol layer. What that layer throws is reported: it would end the host, and with it every
   * other server, because of one message (nested so deep, say, that it cannot be written out as JSON).
   */
  #hand(message: JSONRPCMessage, { text, bytes }: Frame): void {
    try {
      this.onmessage?.(message)
    } catch (error) {
      this.#observer.onNoise(text, bytes)
      this.onerror?.(error instanceof Error ? error : new Error(String(error)))
    }
  }

  /** Gives the request that the dropped message answers an error of its own, where its id can be told; the others go on. */
  #drop(frame: DroppedFrame): void {
    this.#observer.onDropped(frame)
    if (this.#closed) return
    const { bytes, reason } = frame
    const what =
      reason === 'size' ? `was ${bytes} bytes` : `was nested more than ${maxNesting} levels deep`
    const id = findResponseId(frame.head, frame.tail)
    if (id === undefined) {
      this.onerror?.(new Error(`A message of the server ${what}.`))
      return
    }
    const text = `The answer ${what}.`
    const error = { code: oversizedCode, message: text, data: { bytes } }
    this.#hand({ jsonrpc: '2.0', id, error }, { text, bytes })
  }
}

/** The code of the error that stands in for an answer that is too large or nested too deep; from JSON-RPC's range for implementations (-32099 to -32000). */
export const oversizedCode = -32_050
