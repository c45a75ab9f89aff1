import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { WebSocket } from 'ws'
import type { HostClient } from '../shared/contract/contract.ts'
import { AppError, type ErrorInfo } from '../shared/domain/errors.ts'
import { findLiveHost, type LiveHostRecord } from './host-lock.ts'
import type { HostOptions } from './host-options.ts'

/** How long the door may take to let a program in, in milliseconds. */
const connectMs = 5_000

/** A way to make calls, to be closed after use. */
export interface HostConnection {
  readonly client: HostClient
  /** The live host's record, or null where this process runs the core itself. */
  readonly host: LiveHostRecord | null
  /** What this process's own core has to tell, such as a state file that was mended; a live host tells it in its status. */
  readonly notices: () => readonly ErrorInfo[]
  /** Settles when the connection ends, from either side; never where this process runs the core itself. */
  readonly closed: Promise<void>
  /** Ends it. Where this process ran the core, all servers it started are stopped first. */
  readonly close: () => Promise<void>
}

/** Connects to the live host, or answers null where none runs. Throws `host_unreachable` where it does not let us in. */
export async function connectToLiveHost(
  options: Pick<HostOptions, 'paths'>,
): Promise<HostConnection | null> {
  const host = await findLiveHost(options.paths.lock)
  if (host === undefined) return null
  const url = new URL('/rpc', host.endpoint)
  url.protocol = 'ws:'
  const socket = new WebSocket(url, {
    headers: { authorization: `Bearer ${host.token}` },
    handshakeTimeout: connectMs,
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', (error) =>
      reject(new AppError('host_unreachable', { reason: error.message }, { cause: error })),
    )
  })
  // A break after this point fails the calls in flight; without a listener it would end the process.
  socket.on('error', () => socket.terminate())
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => resolve())
  })
  let closing = false
  const link = new RPCLink({
    websocket: {
      addEventListener: socket.addEventListener.bind(socket),
      removeEventListener: socket.removeEventListener.bind(socket),
      // Streams that we leave say good-bye some ticks later. Once we are closing nobody needs that any more, and the RPC
      // layer would end the process with "not open".
      get readyState() {
        return closing ? WebSocket.OPEN : socket.readyState
      },
      send: (data: string | ArrayBufferLike | Uint8Array) => {
        if (!closing) socket.send(data)
      },
      // `ws` has the browser's WebSocket interface, but its typings are its own.
    } as unknown as globalThis.WebSocket,
  })
  return {
    client: createORPCClient(link),
    host,
    notices: () => [],
    closed,
    close: async () => {
      closing = true
      if (socket.readyState === WebSocket.CLOSED) return
      socket.close()
      setTimeout(() => socket.terminate(), 500).unref()
      await closed
    },
  }
}
