import {
  Client,
  type FetchLike,
  type JSONRPCMessage,
  SdkHttpError,
  SSEClientTransport,
  StreamableHTTPClientTransport,
  type Transport,
} from '@modelcontextprotocol/client'
import { AppError } from '../../shared/domain/errors.ts'
import type { Exit } from '../../shared/domain/server-state.ts'
import { createAuthorizedFetch, type RequestAuthorizer } from '../oauth/authorized-fetch.ts'
import { createBoundedFetch } from './bounded-fetch.ts'
import { clientInfo } from './client-info.ts'
import { olderServerText } from './era-probe.ts'
import { createHelpedFetch } from './helped-fetch.ts'
import { toLaunchError } from './launch-error.ts'
import type { ConnectHooks, Connector, McpConnection } from './mcp-connection.ts'
import type { ServerLog } from './server-log.ts'
import { maxMessageBytes, type TransportObserver } from './stdio-transport.ts'
import { withSignal } from './with-signal.ts'

/** Where a remote server is, with nothing left to resolve. */
export interface RemoteSpec {
  readonly type: 'http' | 'sse'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  /** Has the `headersHelper` print its headers once more; they are among the headers. Missing where there is none. */
  readonly runHelper?: () => Promise<Readonly<Record<string, string>>>
  /** Gives the requests the token of an account; null where the headers hold what the server wants. */
  readonly authorizer?: RequestAuthorizer | null
}

/** How long ending a session on the server may take, in milliseconds; a server that is gone must not hold up a stop. */
const terminateMs = 1_000

/**
 * Speaks MCP with a remote server: Streamable HTTP (in either era, as the server answers `server/discover`) or HTTP+SSE.
 * An `http` server that refuses the POST is tried as SSE, as the specification asks of clients ("Transports", Backwards
 * Compatibility).
 */
export class RemoteConnector implements Connector {
  readonly lost: Promise<AppError>
  readonly #spec: RemoteSpec
  readonly #log: ServerLog
  readonly #startMs: number
  #reportLost: (error: AppError) => void = () => {}
  #client: Client | null = null
  #transport: Transport | null = null
  /** Ends an attempt to connect whose event stream was ended. */
  readonly #endless = new AbortController()
  readonly #fetch: FetchLike
  /** Why a request could not be sent with a token, or was refused with it. */
  #refusal: AppError | null = null

  /** @param maxBytes how long one message may be. */
  constructor(spec: RemoteSpec, log: ServerLog, startMs: number, maxBytes = maxMessageBytes) {
    this.#spec = spec
    this.#log = log
    this.#startMs = startMs
    this.lost = new Promise((resolve) => {
      this.#reportLost = resolve
    })
    const bounded = createBoundedFetch(maxBytes, (error) => void this.#onEndlessEvent(error))
    const { authorizer = null, url } = spec
    const onRefusal = (error: AppError) => {
      this.#refusal = error
    }
    const helped =
      spec.runHelper === undefined
        ? bounded
        : createHelpedFetch(bounded, url, spec.runHelper, () => performance.now())
    this.#fetch =
      authorizer === null ? helped : createAuthorizedFetch(helped, url, authorizer, onRefusal)
  }

  isAlive(): boolean {
    return this.#client !== null
  }

  async connect(hooks: ConnectHooks): Promise<McpConnection> {
    const startedAt = performance.now()
    try {
      const client = await this.#connectEither(hooks, startedAt + this.#startMs)
      this.#client = client
      client.onclose = () =>
        this.#reportLost(new AppError('unreachable', { reason: 'the connection was closed' }))
      const server = client.getServerVersion()
      return {
        client,
        pid: null,
        exitWithin: async () => null,
        protocol: {
          era: client.getProtocolEra() ?? 'legacy',
          version: client.getNegotiatedProtocolVersion() ?? '',
          serverName: server?.name ?? '',
          serverVersion: server?.version ?? '',
          handshakeMs: Math.round(performance.now() - startedAt),
        },
      }
    } catch (error) {
      if (this.#refusal !== null) throw this.#refusal
      throw toLaunchError(error, {
        seconds: Math.round(this.#startMs / 1000),
        address: this.#spec.url.host,
      })
    }
  }

  async stop(): Promise<Exit | null> {
    const client = this.#client
    const transport = this.#transport
    this.#client = null
    if (client === null) return null
    client.onclose = () => {}
    if (transport instanceof StreamableHTTPClientTransport && transport.sessionId !== undefined) {
      await Promise.race([
        transport.terminateSession().catch((error: unknown) => {
          this.#log.lifecycle('debug', `The session was not ended on the server: ${String(error)}`)
        }),
        new Promise((resolve) => {
          setTimeout(resolve, terminateMs)
        }),
      ])
    }
    await client.close()
    return null
  }

  async #connectEither(hooks: ConnectHooks, deadline: number): Promise<Client> {
    if (this.#spec.type === 'sse') return await this.#connectSse(hooks, deadline)
    try {
      return await this.#connectHttp(hooks, deadline)
    } catch (error) {
      if (!isRefusedPost(error) || hooks.signal.aborted) throw error
      this.#log.lifecycle('info', 'The server refused Streamable HTTP. Trying the older HTTP+SSE.')
      try {
        return await this.#connectSse(hooks, deadline)
      } catch (sseError) {
        this.#log.lifecycle('info', `HTTP+SSE failed too: ${String(sseError)}`)
        throw error
      }
    }
  }

  async #connectHttp(hooks: ConnectHooks, deadline: number): Promise<Client> {
    const transport = new StreamableHTTPClientTransport(this.#spec.url, {
      requestInit: { headers: this.#spec.headers },
      fetch: this.#fetch,
    })
    const client = new Client(clientInfo, { versionNegotiation: { mode: 'auto' } })
    const connected = await this.#connectOver(client, transport, {}, hooks, deadline)
    if (connected.getProtocolEra() === 'legacy') this.#log.lifecycle('debug', olderServerText)
    return connected
  }

  async #connectSse(hooks: ConnectHooks, deadline: number): Promise<Client> {
    const transport = new SSEClientTransport(this.#spec.url, {
      requestInit: { headers: this.#spec.headers },
      fetch: this.#fetch,
    })
    const options: ConnectOptions = { prior: { kind: 'legacy' } }
    return await this.#connectOver(new Client(clientInfo), transport, options, hooks, deadline)
  }

  /** Bounds the whole of it: the SDK waits for SSE's `endpoint` event, and for each of its own requests anew, without one bound. */
  async #connectOver(
    client: Client,
    transport: StreamableHTTPClientTransport | SSEClientTransport,
    options: ConnectOptions,
    hooks: ConnectHooks,
    deadline: number,
  ): Promise<Client> {
    const remainingMs = Math.max(1, deadline - performance.now())
    const timeout = new AbortController()
    const timer = setTimeout(() => timeout.abort(this.#timeoutError()), remainingMs)
    const signal = AbortSignal.any([hooks.signal, timeout.signal, this.#endless.signal])
    try {
      const connecting = client.connect(observed(transport, this.#log), {
        ...options,
        timeout: remainingMs,
        signal,
      })
      await withSignal(connecting, signal)
    } catch (error) {
      // Whatever of it is still open would go on, and keep its socket.
      await transport.close()
      throw error
    } finally {
      clearTimeout(timer)
    }
    this.#transport = transport
    return client
  }

  /** Requests that wait for an answer on that stream would wait until their time-out, and the SDK would open it again. */
  async #onEndlessEvent(error: AppError): Promise<void> {
    this.#log.lifecycle(
      'error',
      'The server sent an event without an end. Its connection is closed.',
    )
    this.#endless.abort(error)
    if (this.#client === null) return
    this.#reportLost(error)
    try {
      await this.stop()
    } catch (stopError) {
      this.#log.lifecycle('warn', `The connection was not closed cleanly: ${String(stopError)}`)
    }
  }

  #timeoutError(): AppError {
    return new AppError('handshake_timeout', { seconds: Math.round(this.#startMs / 1000) })
  }
}

type ConnectOptions = Parameters<Client['connect']>[1]

/** Reports the messages that pass a transport. The transport stays what it is, because the SDK looks at its shape. */
function observed<T extends Transport>(transport: T, observer: TransportObserver): T {
  const send = transport.send.bind(transport)
  transport.send = async (message, options) => {
    observer.onSent(message, JSON.stringify(message))
    await send(message, options)
  }
  type Handler = NonNullable<Transport['onmessage']>
  const wrapped = new WeakSet<Handler>()
  let handler: Handler | undefined
  Object.defineProperty(transport, 'onmessage', {
    configurable: true,
    get: () => handler,
    set: (next: Handler | undefined) => {
      if (next === undefined || wrapped.has(next)) {
        handler = next
        return
      }
      handler = (message: JSONRPCMessage, extra) => {
        try {
          const text = JSON.stringify(message)
          observer.onReceived(message, text, Buffer.byteLength(text))
          next(message, extra)
        } catch (error) {
          // Thrown on, it would end the host from within the event source: one message must not end every other server.
          transport.onerror?.(error instanceof Error ? error : new Error(String(error)))
        }
      }
      wrapped.add(handler)
    },
  })
  return transport
}

/** A server of 2024-11-05 answers the POST to its SSE endpoint with one of these. */
function isRefusedPost(error: unknown): boolean {
  return error instanceof SdkHttpError && [400, 404, 405].includes(error.data.status)
}
