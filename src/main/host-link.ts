import { connectToLiveHost } from '../host/connect-live-host.ts'
import { isLockFree } from '../host/host-lock.ts'
import { type LiveHost, type LiveHostOptions, startHost } from '../host/live-host.ts'
import type { HostClient } from '../shared/contract/contract.ts'
import { AppError } from '../shared/domain/errors.ts'

/**
 * How a host ended for this process: its own on request, its own because another one took its data over, another process's in
 * order with all of its servers, or it is just not there any more.
 */
export type LinkEnd = 'asked' | 'superseded' | 'stopped' | 'lost'

/** The one host of the data directory, in this process or in another one. */
export interface HostLink {
  readonly client: HostClient
  /** The other process whose host it is; null: this process runs it. */
  readonly attachedTo: { readonly pid: number } | null
  readonly ended: Promise<LinkEnd>
  /** To be told of the machine's sleep; a host of another process finds out by itself. */
  readonly sleep: Pick<LiveHost, 'suspend' | 'resume'> | null
  /** Gives the servers that `close` stops no time any more. */
  readonly hurry: () => void
  /** This process's own host stops all servers first; the one of another process goes on. */
  readonly close: () => Promise<void>
}

/**
 * Attaches to the host that owns the data directory, or becomes that host where none runs. Throws what `startHost` throws,
 * except `host_running`, and what `connectToLiveHost` throws.
 */
export async function openHostLink(options: LiveHostOptions): Promise<HostLink> {
  for (;;) {
    const connection = await connectToLiveHost(options)
    if (connection !== null && connection.host !== null) {
      const { client, close, closed, host } = connection
      return {
        client,
        attachedTo: { pid: host.pid },
        // A host that is stopped gives its lock back before it closes its connections.
        ended: closed.then(async () =>
          (await isLockFree(options.paths.lock)) ? 'stopped' : 'lost',
        ),
        sleep: null,
        hurry: () => {},
        close,
      }
    }
    try {
      const host = await startHost(options)
      const { client, close, closed, hurry } = host
      return { client, attachedTo: null, ended: closed, sleep: host, hurry, close }
    } catch (error) {
      // Another one was quicker since we looked: attach to it.
      if (!(error instanceof AppError) || error.code !== 'host_running') throw error
    }
  }
}
