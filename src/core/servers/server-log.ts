import type { JSONRPCMessage } from '@modelcontextprotocol/client'
import type { ServerId } from '../../shared/domain/ids.ts'
import type { LogEntry, LogLevel } from '../../shared/domain/log-line.ts'
import type { TransportObserver } from './stdio-transport.ts'
import { plainText } from '../../shared/lib/plain-text.ts'

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
  /** When each request went out or came in, by direction and id. */
  readonly #pending = new Map<string, number>()

  constructor(serverId: ServerId, sink: ServerLogSink) {
    this.#serverId = serverId
    this.#sink = sink
  }

  /** One line that the server printed on stderr. */
  stderr(text: string, level: LogLevel): void {
    const clean = this.#sink.redact(text)
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

  /** Forgets what belonged to an earlier launch. */
  beginLaunch(): void {
    this.forgetStderr()
    this.#pending.clear()
  }

  /** Forgets the last stderr lines; the log keeps them. */
  forgetStderr(): void {
    this.#recentStderr = []
  }

  onSent(message: JSONRPCMessage, text: string): void {
    this.#traffic('sent', message, text)
  }

  onReceived(message: JSONRPCMessage, text: string): void {
    this.#traffic('received', message, text)
  }

  onNoise(text: string): void {
    this.#write('stdout', 'warn', this.#sink.redact(text))
  }

  onOversized(bytes: number): void {
    this.lifecycle(
      'error',
      `The server sent a message of ${bytes} bytes. It is too large and was dropped.`,
    )
  }

  #traffic(direction: 'sent' | 'received', message: JSONRPCMessage, text: string): void {
    const now = this.#sink.now()
    const method = 'method' in message ? message.method : null
    const id = 'id' in message ? (message.id ?? null) : null
    const isError = 'error' in message
    let durationMs: number | null = null
    if (method !== null && id !== null) {
      if (this.#pending.size < maxPendingRequests) this.#pending.set(`${direction} ${id}`, now)
    } else if (id !== null) {
      // The request went the other way.
      const key = `${direction === 'sent' ? 'received' : 'sent'} ${id}`
      const since = this.#pending.get(key)
      this.#pending.delete(key)
      durationMs = since === undefined ? null : now - since
    }
    this.#sink.append({
      serverId: this.#serverId,
      at: now,
      source: 'protocol',
      level: isError ? 'warn' : 'debug',
      text: this.#sink.redact(text),
      protocol: {
        direction,
        kind:
          method === null
            ? isError
              ? 'error'
              : 'response'
            : id === null
              ? 'notification'
              : 'request',
        method,
        id,
        durationMs,
        bytes: Buffer.byteLength(text),
      },
    })
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
