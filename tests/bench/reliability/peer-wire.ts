import { Agent, type IncomingMessage, request } from 'node:http'
import * as z from 'zod'

const messageSchema = z.looseObject({
  id: z.union([z.number(), z.string()]).nullish(),
  result: z.looseObject({}).optional(),
  error: z.looseObject({ message: z.string().optional() }).optional(),
})
/** An answer as JSON-RPC has it. */
export type PeerMessage = z.infer<typeof messageSchema>

/** A message on its way to a peer: with an id it is a request. */
export interface PeerRequest {
  readonly jsonrpc: '2.0'
  readonly id?: number
  readonly method: string
  readonly params?: object
}

/** Bare HTTP, over connections that are kept alive: the SDK's client costs more than what it would measure. */
export interface PeerWire {
  /** Sends a message and waits for its answer; for a notification, until it was taken. Rejects with what HTTP or the peer says. */
  readonly exchange: (message: PeerRequest, limitMs: number) => Promise<PeerMessage | null>
  readonly close: () => void
}

/** Streamable HTTP (MCP specification 2025-11-25, "Transports"). */
export function openStreamableWire(url: string): PeerWire {
  const agent = new Agent({ keepAlive: true })
  let session: Record<string, string> = {}
  return {
    exchange: async (message, limitMs) => {
      const response = await post(url, agent, message, session, limitMs)
      const id = response.headers['mcp-session-id']
      if (typeof id === 'string') session = { 'mcp-session-id': id }
      const text = await textOf(response)
      if (message.id === undefined) return null
      for (const line of text.split('\n')) {
        // An event stream has its messages behind `data:`; else the body is one message.
        const answer = parseMessage(line.startsWith('data:') ? line.slice(5) : line)
        if (answer?.id === message.id) return answer
      }
      throw new Error(`no answer in ${text.slice(0, 100)}`)
    },
    close: () => agent.destroy(),
  }
}

/** The older HTTP+SSE (MCP specification 2024-11-05): answers come over one stream that stays open. */
export async function openSseWire(url: string): Promise<PeerWire> {
  const agent = new Agent({ keepAlive: true })
  const stream = await new Promise<IncomingMessage>((resolve, reject) => {
    const headers = { accept: 'text/event-stream' }
    request(url, { agent, headers }, resolve).once('error', reject).end()
  })
  if (stream.statusCode !== 200) throw new Error(`HTTP ${stream.statusCode}`)
  const waiting = new Map<number | string, (message: PeerMessage) => void>()
  const endpoint = Promise.withResolvers<string>()
  let pieces: string[] = []
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    // Linear in what comes: a line may be 20 MB long.
    const [head = '', ...rest] = chunk.split('\n')
    pieces.push(head)
    if (rest.length === 0) return
    const lines = [pieces.join(''), ...rest]
    pieces = [lines.pop() ?? '']
    for (const line of lines) {
      if (!line.startsWith('data:')) continue
      const message = parseMessage(line.slice(5))
      if (message === null) endpoint.resolve(line.slice(5).trim())
      else if (message.id !== undefined && message.id !== null) waiting.get(message.id)?.(message)
    }
  })
  stream.on('error', endpoint.reject)
  const target = new URL(await endpoint.promise, url).href
  return {
    exchange: async (message, limitMs) => {
      const answer = Promise.withResolvers<PeerMessage>()
      if (message.id !== undefined) waiting.set(message.id, answer.resolve)
      await textOf(await post(target, agent, message, {}, limitMs))
      if (message.id === undefined) return null
      const timer = setTimeout(() => answer.reject(new Error('no answer in time')), limitMs)
      return await answer.promise.finally(() => clearTimeout(timer))
    },
    close: () => {
      stream.destroy()
      agent.destroy()
    },
  }
}

async function post(
  url: string,
  agent: Agent,
  message: PeerRequest,
  session: Readonly<Record<string, string>>,
  limitMs: number,
): Promise<IncomingMessage> {
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    ...session,
  }
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const signal = AbortSignal.timeout(limitMs)
    request(url, { method: 'POST', agent, headers, signal }, resolve)
      .once('error', reject)
      .end(JSON.stringify(message))
  })
  if ((response.statusCode ?? 500) < 400) return response
  throw new Error(`HTTP ${response.statusCode}`)
}

async function textOf(response: IncomingMessage): Promise<string> {
  response.setEncoding('utf8')
  let text = ''
  for await (const chunk of response) text += String(chunk)
  return text
}

function parseMessage(text: string): PeerMessage | null {
  return text.trim().startsWith('{') ? messageSchema.parse(JSON.parse(text)) : null
}
