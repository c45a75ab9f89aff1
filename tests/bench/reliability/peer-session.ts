import { Agent, type IncomingMessage, request } from 'node:http'
import * as z from 'zod'

const messageSchema = z.looseObject({
  id: z.union([z.number(), z.string()]).nullish(),
  result: z.looseObject({}).optional(),
  error: z.looseObject({ message: z.string().optional() }).optional(),
})
const toolsSchema = z.looseObject({ tools: z.array(z.looseObject({ name: z.string() })) })

/** One client's session with an MCP server over Streamable HTTP: bare, with one connection that is kept alive. */
export class PeerSession {
  readonly #url: string
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 })
  #sessionId: string | undefined
  #lastId = 0

  private constructor(url: string) {
    this.#url = url
  }

  /** Shakes hands. Rejects where the server is not up or refuses. */
  static async open(url: string): Promise<PeerSession> {
    const session = new PeerSession(url)
    await session.request('initialize', {
      protocolVersion: '2025-06-18',
      capabilities: {},
      clientInfo: { name: 'bench', version: '1' },
    })
    await session.#post({ jsonrpc: '2.0', method: 'notifications/initialized' })
    return session
  }

  /** The names of all tools. */
  async toolNames(): Promise<string[]> {
    return toolsSchema.parse(await this.request('tools/list', {})).tools.map(({ name }) => name)
  }

  /** Calls a tool and answers with its result. Rejects with an error of the protocol or of HTTP, and for a result that is one. */
  async call(name: string, args: object, limitMs = 10_000): Promise<unknown> {
    const result = await this.request('tools/call', { name, arguments: args }, limitMs)
    if (result['isError'] === true) throw new Error('The result reports a failure.')
    return result
  }

  /** Sends a request and waits for its answer. */
  async request(
    method: string,
    params: object,
    limitMs = 10_000,
  ): Promise<Record<string, unknown>> {
    this.#lastId += 1
    const id = this.#lastId
    const text = await this.#post({ jsonrpc: '2.0', id, method, params }, limitMs)
    for (const line of text.split('\n')) {
      // An event stream has its messages behind `data:`; else the body is one message.
      const json = line.startsWith('data:') ? line.slice(5).trim() : line.trim()
      if (!json.startsWith('{')) continue
      const message = messageSchema.parse(JSON.parse(json))
      if (message.id !== id) continue
      if (message.result !== undefined) return message.result
      throw new Error(message.error?.message ?? 'an error without a message')
    }
    throw new Error(`no answer in ${text.slice(0, 100)}`)
  }

  /** Lets go of the connection. */
  close(): void {
    this.#agent.destroy()
  }

  async #post(message: object, limitMs = 10_000): Promise<string> {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const outgoing = request(
        this.#url,
        {
          method: 'POST',
          agent: this.#agent,
          signal: AbortSignal.timeout(limitMs),
          headers: {
            'content-type': 'application/json',
            accept: 'application/json, text/event-stream',
            'mcp-protocol-version': '2025-06-18',
            ...(this.#sessionId !== undefined && { 'mcp-session-id': this.#sessionId }),
          },
        },
        resolve,
      )
      outgoing.once('error', reject)
      outgoing.end(JSON.stringify(message))
    })
    const session = response.headers['mcp-session-id']
    if (typeof session === 'string') this.#sessionId = session
    response.setEncoding('utf8')
    let body = ''
    for await (const chunk of response) body += String(chunk)
    if ((response.statusCode ?? 500) >= 400) throw new Error(`HTTP ${response.statusCode}`)
    return body
  }
}
