import { once as event } from 'node:events'
import { createServer } from 'node:http'
import { MessageChannel } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import { createRouterClient } from '@orpc/server'
import { RPCHandler as PortHandler } from '@orpc/server/message-port'
import { RPCHandler as SocketHandler } from '@orpc/server/ws'
import { WebSocket, WebSocketServer } from 'ws'
import type { RpcContext } from '../../src/host/rpc/implementer.ts'
import type { HostRouter } from '../../src/host/rpc/router.ts'
import { StreamSender } from '../../src/host/rpc/stream-sender.ts'
import { createWindowRouter, type WindowRouter } from '../../src/main/window-router.ts'
import type { HostClient } from '../../src/shared/contract/contract.ts'
import { createDesktopService } from './desktop-service.ts'

/** A client of a router over one transport. */
export interface TestConnection {
  readonly client: HostClient
  /** Breaks the connection from the client's side, without a good-bye of the streams. A second time does nothing. */
  readonly break: () => Promise<void>
}

const context: RpcContext = { caller: { kind: 'ui' } }

/** Every transport of the contract, by name. */
export const transports: Readonly<Record<string, (router: HostRouter) => Promise<TestConnection>>> =
  {
    'in-process': async (router) => ({
      client: createRouterClient(router, { context }),
      break: async () => {},
    }),

    MessagePort: async (router) => connectByPort(router),

    // As the desktop's window has it: every call is made again on a client of the host.
    'the window': async (router) =>
      connectByPort(
        createWindowRouter(
          createRouterClient(router, { context }),
          createDesktopService(),
          new StreamSender(),
          () => {},
        ),
      ),

    WebSocket: async (router) => {
      const http = createServer()
      const server = new WebSocketServer({ server: http })
      const handler = new SocketHandler(router)
      server.on('connection', (socket) => void handler.upgrade(socket, { context }))
      http.listen(0, '127.0.0.1')
      await event(http, 'listening')
      const address = http.address()
      if (address === null || typeof address === 'string') throw new Error('no TCP address')
      const socket = new WebSocket(`ws://127.0.0.1:${address.port}`)
      await event(socket, 'open')
      return {
        // `ws` has the browser's WebSocket interface, but its typings are its own.
        client: createORPCClient(
          new SocketLink({ websocket: socket as unknown as globalThis.WebSocket }),
        ),
        break: once(async () => {
          const closed = event(socket, 'close')
          socket.terminate()
          await closed
          server.close()
          http.close()
        }),
      }
    },
  }

async function connectByPort(router: WindowRouter): Promise<TestConnection> {
  const { port1, port2 } = new MessageChannel()
  new PortHandler(router).upgrade(port1, { context })
  port1.start()
  port2.start()
  return {
    client: createORPCClient(new PortLink({ port: port2 })),
    break: once(async () => {
      const closed = event(port1, 'close')
      port2.close()
      await closed
    }),
  }
}

function once(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null
  return () => {
    running ??= run()
    return running
  }
}
