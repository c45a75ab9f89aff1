import type { FetchLike } from '@modelcontextprotocol/client'
import type { Environment } from './login-shell-env.ts'
import { withSignal } from './with-signal.ts'

/** How old the headers have to be before others are asked for, where the server refuses all that it is sent, in milliseconds. */
const minAgeMs = 60_000

/**
 * A fetch for a server whose headers come from its `headersHelper`: where it refuses them, the helper runs once more, once for
 * all who wait, and the request is sent again. What a helper prints is short-lived as a rule.
 * @param run runs the helper; its first run was just now.
 * @param now a clock in milliseconds that never goes back.
 */
export function createHelpedFetch(
  fetch: FetchLike,
  serverUrl: URL,
  run: () => Promise<Environment>,
  now: () => number,
): FetchLike {
  let newest: Environment = {}
  let ranAt = now()
  let running: Promise<void> | null = null
  const runOnce = async () => {
    try {
      newest = await run()
    } finally {
      ranAt = now()
      running = null
    }
  }
  const send = async (url: string | URL, init: RequestInit | undefined): Promise<Response> => {
    const headers = new Headers(init?.headers)
    for (const [name, value] of Object.entries(newest)) headers.set(name, value)
    return await fetch(url, { ...init, headers })
  }
  return async (url, init) => {
    if (new URL(url).origin !== serverUrl.origin) return await fetch(url, init)
    const sent = newest
    const response = await send(url, init)
    if (response.status !== 401) return response
    if (sent === newest) {
      if (running === null && now() < ranAt + minAgeMs) return response
      running ??= runOnce()
      await (init?.signal ? withSignal(running, init.signal) : running)
    }
    await response.body?.cancel()
    return await send(url, init)
  }
}
