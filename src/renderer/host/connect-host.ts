import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { HostClient } from '../../shared/contract/contract.ts'
import { AppError } from '../../shared/domain/errors.ts'

/** An open connection to the host. */
export interface HostLink {
  readonly client: HostClient
  /** Settles when the connection ends. */
  readonly closed: Promise<void>
}

/**
 * Connects this page to its host. A ticket in the address is exchanged for a session first and taken out of the address
 * and the history. Throws `unauthorized` where the ticket was used already, or where there is neither ticket nor session.
 */
export async function connectHost(): Promise<HostLink> {
  const ticket = takeTicket()
  if (ticket !== null) {
    const response = await fetch('/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ticket }),
    })
    if (!response.ok) throw new AppError('unauthorized', { reason: await response.text() })
  }
  const socket = new WebSocket(`ws://${window.location.host}/rpc`)
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true })
    socket.addEventListener(
      'error',
      () =>
        reject(
          new AppError('unauthorized', {
            reason: 'This browser has no valid session with MCP Manager, or it is not running.',
          }),
        ),
      { once: true },
    )
  })
  return {
    client: createORPCClient(new RPCLink({ websocket: socket })),
    closed: new Promise((resolve) => {
      socket.addEventListener('close', () => resolve(), { once: true })
    }),
  }
}

function takeTicket(): string | null {
  const ticket = new URLSearchParams(window.location.hash.slice(1)).get('ticket')
  // Out of the address bar and the history at once; it works only once anyway.
  if (ticket !== null) window.history.replaceState(null, '', window.location.pathname)
  return ticket
}
