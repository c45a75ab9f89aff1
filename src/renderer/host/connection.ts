import { create } from 'zustand'
import type { HostClient } from '../../shared/contract/contract.ts'
import { toAppError } from '../../shared/contract/rpc-error.ts'
import { AppError } from '../../shared/domain/errors.ts'
import type { HostLink } from './connect-host.ts'

/** How the page stands with its host. */
export type Connection =
  | { readonly status: 'connecting' }
  | { readonly status: 'connected' }
  /** The connection broke or cannot be made; the page tries again by itself. Milliseconds since the Unix epoch. */
  | { readonly status: 'lost'; readonly since: number; readonly retryAt: number }
  /** Trying again would not help. */
  | { readonly status: 'refused'; readonly error: AppError }

interface ConnectionState {
  readonly connection: Connection
  /** How many times the page has connected; an effect that depends on it runs again after a reconnection. */
  readonly connectedTimes: number
}

/** The connection, live. */
export const useConnection = create<ConnectionState>(() => ({
  connection: { status: 'connecting' },
  connectedTimes: 0,
}))

const firstRetryMs = 250
const longestRetryMs = 5_000

let link: HostLink | null = null
let retryNow: (() => void) | null = null

/** The client of the open connection. Throws `host_unreachable` while there is none. */
export function host(): HostClient {
  if (link === null) {
    throw new AppError('host_unreachable', { reason: 'The page is not connected.' })
  }
  return link.client
}

/** Ends a wait for the next attempt. Does nothing while connected. */
export function reconnectNow(): void {
  retryNow?.()
}

/**
 * Keeps the page connected for as long as it lives: connects, hands each new client to `onConnect`, and connects again when
 * the connection breaks. Ends only where the host refuses the page. `onConnect` runs until the client's streams end; if it
 * throws while the connection is open, the connection is closed and made anew, so that no store silently stops.
 */
export async function keepConnected(
  connect: () => Promise<HostLink>,
  onConnect: (client: HostClient) => Promise<void>,
): Promise<void> {
  let since: number | null = null
  let failures = 0
  for (;;) {
    try {
      link = await connect()
      since = null
      failures = 0
      useConnection.setState((last) => ({
        connection: { status: 'connected' },
        connectedTimes: last.connectedTimes + 1,
      }))
      await Promise.race([link.closed, onConnect(link.client)])
    } catch (thrown) {
      const error = toAppError(thrown)
      if (error.code === 'unauthorized') {
        useConnection.setState({ connection: { status: 'refused', error } })
        return
      }
      // A broken connection ends every stream with an error; anything else is a fault that must be seen.
      if (error.code !== 'host_unreachable') console.warn('The connection is made anew:', error)
    }
    link?.close()
    link = null
    since ??= Date.now()
    const waitMs = Math.min(firstRetryMs * 2 ** failures, longestRetryMs)
    failures += 1
    useConnection.setState({
      connection: { status: 'lost', since, retryAt: Date.now() + waitMs },
    })
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, waitMs)
      retryNow = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    retryNow = null
  }
}
