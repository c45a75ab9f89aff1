import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { HostClient } from '../../shared/contract/contract.ts'
import { AppError } from '../../shared/domain/errors.ts'

/** An open connection to the host. */
export interface HostLink {
  readonly client: HostClient
  /** Settles when the connection ends. */
  readonly closed: Promise<void>
  readonly close: () => void
}

/**
 * Connects this page to its host. A ticket in the address is exchanged for a session first and taken out of the address
 * and the history. Throws `unauthorized` where the ticket was used already, or where there is neither ticket nor session,
 * and `host_unreachable` where nothing answers.
 */
export async function connectHost(): Promise<HostLink> {
  const ticket = takeTicket()
  if (ticket !== null) await openSession(ticket)
  const socket = new WebSocket(`ws://${window.location.host}/rpc`)
  const isOpen = await new Promise<boolean>((resolve) => {
    socket.addEventListener('open', () => resolve(true), { once: true })
    socket.addEventListener('error', () => resolve(false), { once: true })
  })
  if (!isOpen) throw await whyRefused()
  return {
    client: createORPCClient(new RPCLink({ websocket: socket })),
    closed: new Promise((resolve) => {
      socket.addEventListener('close', () => resolve(), { once: true })
    }),
    close: () => socket.close(),
  }
}

async function openSession(ticket: string): Promise<void> {
  const response = await request('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ticket }),
  })
  if (!response.ok) throw new AppError('unauthorized', { reason: await response.text() })
}

/** A refused WebSocket tells a page nothing; whether the host answers at all tells a missing session from a missing host. */
async function whyRefused(): Promise<AppError> {
  try {
    await request('/health', {})
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  return new AppError('unauthorized', { reason: 'This browser has no valid session.' })
}

async function request(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init)
  } catch (cause) {
    throw new AppError('host_unreachable', { reason: 'Nothing answers.' }, { cause })
  }
}

function takeTicket(): string | null {
  const ticket = new URLSearchParams(window.location.hash.slice(1)).get('ticket')
  // Out of the address bar and the history at once; it works only once anyway.
  if (ticket !== null) window.history.replaceState(null, '', window.location.pathname)
  return ticket
}
