import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { setCookie } from 'hono/cookie'
import { type WebSocket, WebSocketServer } from 'ws'
import * as z from 'zod'
import { AppError } from '../../shared/domain/errors.ts'
import { pageHeaders, readPageFile } from './page-files.ts'
import { isLocalRequest, isOwnOrigin } from './request-guard.ts'
import { equalsSecret, Sessions, Tickets } from './tickets.ts'

/** Largest message that a client may send, in bytes. */
const maxPayloadBytes = 32 * 1024 * 1024

/** Largest body of a plain request, in bytes. */
const maxBodyBytes = 4_096

const ticketSchema = z.object({ ticket: z.string() })

/** A body that is not JSON holds no ticket, and is answered like a wrong one. */
function noTicket(): null {
  return null
}

/** Who came through the door. */
export interface Visitor {
  readonly kind: 'ui' | 'cli'
}

/** What the door needs. */
export interface DoorOptions {
  /** Ports to try, in this order; 0 lets the system choose. */
  readonly ports: readonly number[]
  /** Signs browser sessions. */
  readonly sessionKey: string
  /** Folder of the built renderer. */
  readonly rendererDir: string
  readonly version: string
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
  /** A client connected. */
  readonly onConnection: (socket: WebSocket, visitor: Visitor) => void
}

/** An open door. */
export interface Door {
  readonly port: number
  readonly endpoint: string
  /** For programs: sent as a bearer token, never in a URL. */
  readonly token: string
  /** An address for a browser, with a ticket that works once. */
  readonly issueUrl: () => string
  readonly close: () => Promise<void>
}

/**
 * The headless door: the renderer and the contract over a WebSocket, on the loopback interface only. Every request must
 * name this endpoint as its host and, where a browser sends an origin, as its origin. A program shows the token; a
 * browser exchanges a single-use ticket for an HttpOnly cookie. Throws `port_in_use` where no port of the list is free.
 */
export async function openDoor(options: DoorOptions): Promise<Door> {
  const token = randomBytes(32).toString('base64url')
  const tickets = new Tickets(options.now)
  const sessions = new Sessions(options.sessionKey, options.now)
  const server = createServer()
  const port = await listenOnFirstFree(server, options.ports)
  const endpoint = `http://127.0.0.1:${port}`
  // Cookies are shared by all ports of a host, so the port is in the name.
  const cookieName = `mcp_manager_${port}`
  const issueUrl = () => `${endpoint}/#ticket=${tickets.issue()}`
  const hasToken = (authorization: string | undefined) =>
    authorization !== undefined && equalsSecret(authorization, `Bearer ${token}`)

  const app = new Hono()
  app.use(async (context, next) => {
    const origin = { host: context.req.header('host'), origin: context.req.header('origin') }
    if (!isLocalRequest(origin, port)) return context.text('Forbidden', 403)
    await next()
    for (const [name, value] of Object.entries(pageHeaders)) context.header(name, value)
    return undefined
  })
  // What is sent to the door is a ticket at most.
  app.use(bodyLimit({ maxSize: maxBodyBytes }))
  app.get('/health', (context) =>
    hasToken(context.req.header('authorization'))
      ? context.json({ version: options.version, pid: process.pid })
      : context.text('Unauthorized', 401),
  )
  app.post('/tickets', (context) =>
    hasToken(context.req.header('authorization'))
      ? context.json({ url: issueUrl() })
      : context.text('Unauthorized', 401),
  )
  app.post('/session', async (context) => {
    const origin = context.req.header('origin')
    const body = ticketSchema.safeParse(await context.req.json().catch(noTicket))
    if (origin === undefined || !isOwnOrigin(origin, port)) return context.text('Forbidden', 403)
    if (!body.success || !tickets.redeem(body.data.ticket)) {
      return context.text('This link was used already or is too old.', 401)
    }
    setCookie(context, cookieName, sessions.create(), {
      httpOnly: true,
      sameSite: 'Strict',
      // Sent with the WebSocket only, to this host only.
      path: '/rpc',
      maxAge: 30 * 24 * 60 * 60,
    })
    return context.body(null, 204)
  })
  app.get('*', async (context) => {
    const file = await readPageFile(options.rendererDir, new URL(context.req.url).pathname)
    if (file === null) return context.notFound()
    return context.body(file.body, 200, { 'Content-Type': file.contentType })
  })

  const listener = getRequestListener(app.fetch)
  server.on('request', (request, response) => void listener(request, response))
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxPayloadBytes })
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    // Node takes its own listener away with the upgrade; a visitor that resets the connection must not end the host.
    stream.on('error', () => stream.destroy())
    const visitor = admit(request)
    if (visitor === undefined) {
      stream.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      // Also for one that waits: the close that follows is what its reader goes by.
      socket.on('error', () => socket.terminate())
      options.onConnection(socket, visitor)
    })
  })

  /** Who asks for a WebSocket, or undefined for somebody who may not have one. */
  function admit(request: IncomingMessage): Visitor | undefined {
    const { host, origin, authorization, cookie } = request.headers
    if (request.url !== '/rpc' || !isLocalRequest({ host, origin }, port)) return undefined
    if (hasToken(authorization)) return { kind: 'cli' }
    // A page always sends its origin with a WebSocket (RFC 6455, section 4.1); without one the cookie was stolen.
    const session = readCookie(cookie, cookieName)
    return origin !== undefined && session !== undefined && sessions.isValid(session)
      ? { kind: 'ui' }
      : undefined
  }

  return {
    port,
    endpoint,
    token,
    issueUrl,
    close: async () => {
      for (const socket of sockets.clients) socket.close(1001)
      setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate()
      }, 500).unref()
      server.closeIdleConnections()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        setTimeout(() => server.closeAllConnections(), 1_000).unref()
      })
    },
  }
}

function readCookie(header: string | undefined, name: string): string | undefined {
  return header
    ?.split(';')
    .map((pair) => pair.trim().split('='))
    .find(([key]) => key === name)?.[1]
}

async function listenOnFirstFree(server: Server, ports: readonly number[]): Promise<number> {
  for (const port of ports) {
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen(port, '127.0.0.1', () => {
          server.off('error', reject)
          resolve()
        })
      })
      // A TCP server's address is always an AddressInfo (node:net); only a pipe's is a string.
      return (server.address() as AddressInfo).port
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error
      server.removeAllListeners('error')
    }
  }
  throw new AppError('port_in_use', { port: ports[0] ?? 0 })
}
