import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { toNodeHandler } from '@modelcontextprotocol/node'
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server'
import { onTestFinished } from 'vitest'
import { repository } from './temp-core.ts'

/** An HTTP server on loopback that ends with the test. */
export interface HttpFixture {
  readonly url: string
  readonly port: number
  /** Sockets that are open now. */
  readonly sockets: ReadonlySet<Socket>
  /** Resolves when the last open socket has closed. */
  readonly drained: () => Promise<void>
  /** Ends it, with all its connections. */
  readonly stop: () => Promise<void>
}

/** Serves HTTP on a free port, or a given one. */
export async function serveHttp(listener: RequestListener, port = 0): Promise<HttpFixture> {
  const server = createServer(listener)
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const stop = async () => {
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    await closed
  }
  onTestFinished(stop)
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    port: portOf(server),
    sockets,
    drained: async () => {
      await Promise.all([...sockets].map((socket) => once(socket, 'close')))
    },
    stop,
  }
}

/** A server of 2026-07-28 that refuses older clients, with a way to announce one more tool. */
export async function serveModern(): Promise<HttpFixture & { readonly addTool: () => void }> {
  const names = ['greet']
  const handler = createMcpHandler(
    () => {
      const server = new McpServer(
        { name: 'modern-fixture', version: '2.0.0' },
        { capabilities: { tools: { listChanged: true } } },
      )
      for (const name of names) {
        server.registerTool(name, { description: `Fixture tool ${name}.` }, () => ({
          content: [{ type: 'text', text: `${name}: hello` }],
        }))
      }
      return server
    },
    { legacy: 'reject' },
  )
  // The adapter's type lacks `undefined` for what Node leaves open (exactOptionalPropertyTypes).
  const handle = toNodeHandler(handler) as unknown as RequestListener
  const fixture = await serveHttp(handle)
  return {
    ...fixture,
    addTool: () => {
      names.push(`added_${names.length}`)
      handler.notify.toolsChanged()
    },
  }
}

/** server-everything over HTTP, as its own process. */
export interface EverythingServer {
  readonly url: string
  readonly port: number
  readonly stop: () => Promise<void>
}

/** Starts server-everything in one of its HTTP modes, on a free port or a given one. */
export async function serveEverything(
  mode: 'streamableHttp' | 'sse',
  port?: number,
): Promise<EverythingServer> {
  const chosen = port ?? (await freePort())
  const script = '@modelcontextprotocol/server-everything/dist/index.js'
  const child = spawn(process.execPath, [join(repository, 'node_modules', script), mode], {
    env: { PATH: process.env['PATH'], PORT: String(chosen) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
  }
  onTestFinished(stop)
  await listening(child)
  const path = mode === 'sse' ? '/sse' : '/mcp'
  return { url: `http://127.0.0.1:${chosen}${path}`, port: chosen, stop }
}

/** A port on which nothing listens. */
export async function freePort(): Promise<number> {
  const server = createTcpServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const port = portOf(server)
  server.close()
  await once(server, 'close')
  return port
}

async function listening(child: ChildProcess): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    let printed = ''
    const read = (chunk: Buffer) => {
      printed += chunk.toString()
      if (/listening on port|running on port/i.test(printed)) resolve()
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('exit', () => reject(new Error(`It ended before it listened: ${printed}`)))
  })
}

function portOf(server: { address: Server['address'] }): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('It does not listen.')
  return (address satisfies AddressInfo).port
}
