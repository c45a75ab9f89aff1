import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import { toNodeHandler } from '@modelcontextprotocol/node'
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server'
import { onTestFinished } from 'vitest'
import { freePort, type HttpFixture, openHttp } from '../fixtures/open-http.ts'
import { repository } from './temp-core.ts'

/** Serves HTTP on a free port, or a given one. It ends with the test. */
export async function serveHttp(listener: RequestListener, port = 0): Promise<HttpFixture> {
  const fixture = await openHttp(listener, port)
  onTestFinished(fixture.stop)
  return fixture
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
