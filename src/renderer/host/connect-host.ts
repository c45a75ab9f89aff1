import { createORPCClient } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import type { HostClient } from '../../shared/contract/contract.ts'
import { AppError } from '../../shared/domain/errors.ts'
import { type DesktopBridge, portMessage } from '../../shared/lib/port-handover.ts'

declare global {
  interface Window {
    /** What the preload of the desktop window puts here. */
    readonly desktop?: DesktopBridge
  }
}

/** An open connection to the host. */
export interface HostLink {
  readonly client: HostClient
  /** Settles when the connection ends. */
  readonly closed: Promise<void>
  readonly close: () => void
}

/** From the address, until the host has answered to it. */
let ticket: string | null = null

/** Connects this page to its host: by the port of the window it is in, else by a WebSocket. Throws what `connectBySocket` throws. */
export async function connectHost(): Promise<HostLink> {
  const { desktop } = window
  return desktop === undefined ? await connectBySocket() : await connectByPort(desktop)
}

/** Waits for the port: it comes as soon as there is a host. */
async function connectByPort(desktop: DesktopBridge): Promise<HostLink> {
  const received = Promise.withResolvers<MessagePort>()
  const onMessage = ({ source, data, ports: [port] }: MessageEvent) => {
    if (source === window && data === portMessage && port !== undefined) received.resolve(port)
  }
  window.addEventListener('message', onMessage)
  desktop.requestPort()
  const port = await received.promise
  window.removeEventListener('message', onMessage)
  const closed = new Promise<void>((resolve) => {
    port.addEventListener('close', () => resolve(), { once: true })
  })
  const client: HostClient = createORPCClient(new PortLink({ port }))
  port.start()
  return { client, closed, close: () => port.close() }
}

/**
 * Connects by the door. A ticket in the address is exchanged for a session first and taken out of the address
 * and the history; one that was used already does no harm where there is a session. Throws `unauthorized` where there is
 * neither a good ticket nor a session, and `host_unreachable` where nothing answers.
 */
async function connectBySocket(): Promise<HostLink> {
  ticket = takeTicket() ?? ticket
  const refusal = ticket === null ? null : await openSession(ticket)
  ticket = null
  const socket = (await openSocket()) ?? (await openSocketOfLiveHost())
  if (socket === null) {
    throw refusal ?? new AppError('unauthorized', { reason: 'This browser has no valid session.' })
  }
  return {
    client: createORPCClient(new SocketLink({ websocket: socket })),
    closed: new Promise((resolve) => {
      socket.addEventListener('close', () => resolve(), { once: true })
    }),
    close: () => socket.close(),
  }
}

/** Null where the ticket became a session, else why not. */
async function openSession(code: string): Promise<AppError | null> {
  const response = await request('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ticket: code }),
  })
  return response.ok ? null : new AppError('unauthorized', { reason: await response.text() })
}

/** Null where it is refused. */
async function openSocket(): Promise<WebSocket | null> {
  const socket = new WebSocket(`ws://${window.location.host}/rpc`)
  const isOpen = await new Promise<boolean>((resolve) => {
    socket.addEventListener('open', () => resolve(true), { once: true })
    socket.addEventListener('error', () => resolve(false), { once: true })
  })
  return isOpen ? socket : null
}

/**
 * A refused WebSocket tells a page nothing: whether the host answers at all tells a missing session from a missing host.
 * It is asked once more after that answer, because the host may have come between the two.
 */
async function openSocketOfLiveHost(): Promise<WebSocket | null> {
  await request('/health', {})
  return await openSocket()
}

async function request(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init)
  } catch (cause) {
    throw new AppError('host_unreachable', { reason: 'Nothing answers.' }, { cause })
  }
}

function takeTicket(): string | null {
  const found = new URLSearchParams(window.location.hash.slice(1)).get('ticket')
  // Out of the address bar and the history at once; it works only once anyway.
  if (found !== null) window.history.replaceState(null, '', window.location.pathname)
  return found
}
