import * as z from 'zod'
import type { PeerWire } from './peer-wire.ts'

const usualMs = 10_000
const toolsSchema = z.looseObject({ tools: z.array(z.looseObject({ name: z.string() })) })

/** One client's session with a peer. */
export class PeerSession {
  readonly #wire: PeerWire
  #lastId = 0

  private constructor(wire: PeerWire) {
    this.#wire = wire
  }

  /** Shakes hands. Rejects where the peer is not up or refuses. */
  static async open(wire: PeerWire): Promise<PeerSession> {
    const session = new PeerSession(wire)
    await session.request('initialize', {
      protocolVersion: '2025-06-18',
      capabilities: {},
      clientInfo: { name: 'bench', version: '1' },
    })
    await wire.exchange({ jsonrpc: '2.0', method: 'notifications/initialized' }, usualMs)
    return session
  }

  /** The names of all tools. */
  async toolNames(): Promise<string[]> {
    return toolsSchema.parse(await this.request('tools/list', {})).tools.map(({ name }) => name)
  }

  /** Calls a tool. Rejects with an error of the protocol or of HTTP, and for a result that reports a failure. */
  async call(name: string, args: object, limitMs = usualMs): Promise<void> {
    const { isError } = await this.request('tools/call', { name, arguments: args }, limitMs)
    if (isError === true) throw new Error('the result reports a failure')
  }

  /** Sends a request and answers with its result. */
  async request(
    method: string,
    params: object,
    limitMs = usualMs,
  ): Promise<Record<string, unknown>> {
    this.#lastId += 1
    const message = { jsonrpc: '2.0', id: this.#lastId, method, params } as const
    const answer = await this.#wire.exchange(message, limitMs)
    if (answer?.result !== undefined) return answer.result
    throw new Error(answer?.error?.message ?? 'an error without a message')
  }

  /** Lets go of its connections. */
  close(): void {
    this.#wire.close()
  }
}
