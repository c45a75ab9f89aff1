import type { JSONRPCMessage } from '@modelcontextprotocol/client'
import type { ServerId } from '../../shared/domain/ids.ts'
import type { LogEntry, LogLevel } from '../../shared/domain/log-line.ts'
import { plainText } from '../../shared/lib/plain-text.ts'
import { boundedText, maxLineBytes } from '../logs/bounded-text.ts'
import type { DroppedFrame } from './frame-reader.ts'
import { levelOfMessage } from './level-of-message.ts'
import { maxNesting } from './nesting-scan.ts'
import type { TransportObserver } from './stdio-transport.ts'

/** How many of the last stderr lines go with an error. */
export const keptStderrLines = 10
/** Requests whose duration is awaited at most; a peer that never answers must not grow the table without end. */
const maxPendingRequests = 1_000

/** Where the lines go. Redaction has been done by the time it is called. */
export interface ServerLogSink {
  readonly append: (entry: LogEntry) => void
  readonly redact: (text: string) => string
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
}

/** Writes one server's log: its stderr, noise on its stdout, what this program does with it, and the protocol's messages. */
export class ServerLog implements TransportObserver {
  readonly #serverId: ServerId
  readonly #sink: ServerLogSink
  #recentStderr: string[] = []
  /** When each request went out or came in, and what it asked, by direction and id. */
  readonly #pending = new Map<string, { readonly since: number; readonly method: string }>()
  /** While a health check is out: the ids of its requests, and their messages until it is known whether they are kept. */
  #check: { readonly ids: Set<string | number>; readonly held: LogEntry[] } | null = null

  constructor(serverId: ServerId, sink: ServerLogSink) {
    this.#serverId = serverId
    this.#sink = sink
  }

  /** One line that the server printed on stderr, of which so many bytes were left out at its end. */
  stderr(text: string, level: LogLevel, cutBytes = 0): void {
    const clean = this.#clean(text, Buffer.byteLength(text) + cutBytes)
    this.#recentStderr.push(plainText(clean))
    if (this.#recentStderr.length > keptStderrLines) this.#recentStderr.shift()
    this.#write('stderr', level, clean)
  }

  /** Something that this program did with the server, or saw of it. */
  lifecycle(level: LogLevel, text: string): void {
    this.#write('lifecycle', level, this.#sink.redact(text))
  }

  /** The last stderr lines, oldest first, redacted and without colours; at most ten. */
  lastStderr(): readonly string[] {
    return this.#recentStderr
  }

  /** The text without the secrets that are known, as it may be shown. */
  readonly redact = (text: string): string => this.#sink.redact(text)

  /** From here on `ping` and `server/discover` that are sent are a health check, until `endCheck`. */
  beginCheck(): void {
    this.#check = { ids: new Set(), held: [] }
  }

  /**
   * Ends a health check. One every few seconds that went well would bury all other lines, so its messages are not written.
   * @param isNotable it failed or was slow: its messages are written, with the times at which they passed.
   */
  endCheck(isNotable: boolean): void {
    const held = this.#check?.held ?? []
    this.#check = null
    if (isNotable) for (const entry of held) this.#sink.append(entry)
  }

  /** Forgets what belonged to an earlier launch. */
  beginLaunch(): void {
    this.forgetStderr()
    this.#check = null
    this.#pending.clear()
  }

  /** Forgets the last stderr lines; the log keeps them. */
  forgetStderr(): void {
    this.#recentStderr = []
  }

  onSent(message: JSONRPCMessage, text: string): void {
    this.#traffic('sent', message, text, Buffer.byteLength(text))
  }

  onReceived(message: JSONRPCMessage, text: string, bytes: number): void {
    this.#traffic('received', message, text, bytes)
  }

  onNoise(text: string, bytes: number): void {
    this.#write('stdout', 'warn', this.#clean(text, bytes))
  }

  onDropped({ reason, bytes }: DroppedFrame): void {
    const why =
      reason === 'size'
        ? 'too large'
        : `nested more than ${maxNesting} levels deep, which is too much,`
    this.lifecycle(
      'error',
      `The server sent a message of ${bytes} bytes. It is ${why} and was dropped.`,
    )
  }

  #traffic(
    direction: 'sent' | 'received',
    message: JSONRPCMessage,
    text: string,
    bytes: number,
  ): void {
    const now = this.#sink.now()
    const method = 'method' in message ? message.method : null
    const id = 'id' in message ? (message.id ?? null) : null
    let durationMs: number | null = null
    let asked: string | null = null
    if (method !== null && id !== null) {
      if (this.#pending.size < maxPendingRequests) {
        this.#pending.set(`${direction} ${id}`, { since: now, method })
      }
    } else if (id !== null) {
      // The request went the other way.
      const key = `${direction === 'sent' ? 'received' : 'sent'} ${id}`
      const request = this.#pending.get(key)
      this.#pending.delete(key)
      durationMs = request === undefined ? null : now - request.since
      asked = request?.method ?? null
    }
    const entry: LogEntry = {
      serverId: this.#serverId,
      at: now,
      source: 'protocol',
      level: levelOfMessage(message, direction, asked),
      text: this.#clean(text, bytes),
      protocol: {
        direction,
        kind:
          method === null
            ? 'error' in message
              ? 'error'
              : 'response'
            : id === null
              ? 'notification'
              : 'request',
        method,
        id,
        durationMs,
        bytes,
      },
    }
    if (this.#isOfCheck(direction, message)) this.#check?.held.push(entry)
    else this.#sink.append(entry)
  }

  /**
   * A text as it is logged: without secrets, and no more of it looked through than is kept.
   * @param bytes of the whole, of which the text may be only the beginning.
   */
  #clean(text: string, bytes: number): string {
    // No UTF-16 unit takes less than a byte. A secret of which the cut leaves the beginning is known to the redactor.
    const head = text.slice(0, maxLineBytes)
    return boundedText(this.#sink.redact(head), bytes - Buffer.byteLength(head))
  }

  #isOfCheck(direction: 'sent' | 'received', message: JSONRPCMessage): boolean {
    if (this.#check === null) return false
    const { ids } = this.#check
    if (direction === 'received') {
      return !('method' in message) && message.id !== undefined && ids.has(message.id)
    }
    if (!('method' in message)) return false
    if (!('id' in message)) {
      const ended = message.params?.['requestId']
      const isId = typeof ended === 'string' || typeof ended === 'number'
      return message.method === 'notifications/cancelled' && isId && ids.has(ended)
    }
    const isCheck = message.method === 'ping' || message.method === 'server/discover'
    if (isCheck) ids.add(message.id)
    return isCheck
  }

  #write(source: LogEntry['source'], level: LogLevel, text: string): void {
    this.#sink.append({
      serverId: this.#serverId,
      at: this.#sink.now(),
      source,
      level,
      text,
      protocol: null,
    })
  }
}
