import { type Challenge, noChallenge, readChallenge } from './challenge.ts'

/** How long a server may take to refuse, in milliseconds. */
const timeoutMs = 10_000

/**
 * Asks an MCP server without credentials, to learn from its refusal where its tokens come from and for which scopes. An
 * answer that says nothing, and a server that cannot be asked, leave that to its well-known places.
 */
export async function askChallenge(serverUrl: URL, signal: AbortSignal): Promise<Challenge> {
  try {
    const response = await fetch(serverUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
      },
      // Understood in every revision, and it changes nothing.
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' }),
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    })
    await response.body?.cancel()
    return response.status === 401 || response.status === 403
      ? readChallenge(response)
      : noChallenge
  } catch {
    signal.throwIfAborted()
    return noChallenge
  }
}
