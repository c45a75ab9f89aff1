import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { signInError } from './sign-in-error.ts'

/** What an answer comes to; `foreign` is none to a sign-in that is under way. */
export type AnswerVerdict = 'granted' | 'refused' | 'foreign'

/** Waits on this machine for the browser to come back from the authorization server. */
export interface RedirectListener {
  readonly redirectUri: string
  /** Judges each answer that comes, until one is not foreign; the browser is told what became of it. */
  readonly answered: (judge: (params: URLSearchParams) => AnswerVerdict) => Promise<void>
  /** Ends it, with all its connections. */
  readonly close: () => Promise<void>
}

const path = '/callback'

/**
 * Listens on loopback for the redirect of one sign-in (RFC 8252 section 7.3).
 * @param port 0 for any free one.
 * @throws AppError `sign_in_failed` with reason `port_in_use`.
 */
export async function openRedirectListener(port: number): Promise<RedirectListener> {
  let judge: ((params: URLSearchParams) => AnswerVerdict) | null = null
  const accepted = Promise.withResolvers<void>()
  const server = createServer((request, response) => {
    const params = paramsOf(request, `127.0.0.1:${portOf(server)}`)
    if (params === null) {
      answer(response, 404, 'Not found', 'There is nothing here.')
      return
    }
    const verdict = judge?.(params) ?? 'foreign'
    if (verdict === 'foreign') {
      answer(response, 400, 'Not expected', 'This does not belong to a sign-in that is under way.')
      return
    }
    // Once only: the page of a later one would speak of a sign-in that is over.
    judge = null
    const title = verdict === 'granted' ? 'Signed in' : 'Not signed in'
    answer(response, 200, title, 'You can close this page and go back to MCP Manager.')
    accepted.resolve()
  })
  server.listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch (error) {
    throw signInError('port_in_use', { detail: String(port) }, { cause: error })
  }
  return {
    redirectUri: `http://127.0.0.1:${portOf(server)}${path}`,
    answered: async (next) => {
      judge = next
      await accepted.promise
    },
    close: async () => {
      if (!server.listening) return
      const closed = once(server, 'close')
      server.close()
      // An answer that is on its way gets out; idle connections of the browser hold up nothing.
      server.closeIdleConnections()
      setTimeout(() => server.closeAllConnections(), 1_000).unref()
      await closed
    },
  }
}

/** Null for all but a redirect: another page in the browser can send requests here too, by another name of this machine. */
function paramsOf(request: IncomingMessage, host: string): URLSearchParams | null {
  if (request.method !== 'GET' || request.headers.host !== host) return null
  const url = URL.parse(request.url ?? '', `http://${host}`)
  return url === null || url.host !== host || url.pathname !== path ? null : url.searchParams
}

function answer(response: ServerResponse, status: number, title: string, text: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; form-action 'none'",
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    connection: 'close',
  })
  response.end(
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1><p>${text}</p></html>`,
  )
}

function portOf(server: Server): number {
  const address = server.address()
  return address === null || typeof address === 'string' ? 0 : address.port
}
