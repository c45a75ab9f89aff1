import * as React from 'react'
import type { HostInfo } from '../../shared/contract/host.ts'
import { readStream } from '../../shared/contract/read-stream.ts'
import { toAppError } from '../../shared/contract/rpc-error.ts'
import type { AppError } from '../../shared/domain/errors.ts'
import type { ServerView } from '../../shared/domain/server-view.ts'
import { connectHost, type HostLink } from '../host/connect-host.ts'

/** What the page knows of the host. */
export type HostStatus =
  | { readonly status: 'connecting' }
  | { readonly status: 'failed'; readonly error: AppError }
  | {
      readonly status: 'connected'
      readonly info: HostInfo
      /** By name; live. */
      readonly servers: readonly ServerView[]
      /** Milliseconds since the Unix epoch, a second old at most: what times are counted from. */
      readonly now: number
    }

/** Connects to the host once and follows its servers. */
export function useServers(): HostStatus {
  const [state, setState] = React.useState<HostStatus>({ status: 'connecting' })
  React.useEffect(() => {
    let ended = false
    const show = (next: HostStatus) => {
      if (!ended) setState(next)
    }
    follow(show).catch((error: unknown) => show({ status: 'failed', error: toAppError(error) }))
    const tick = setInterval(
      () => setState((last) => (last.status === 'connected' ? { ...last, now: Date.now() } : last)),
      1_000,
    )
    return () => {
      ended = true
      clearInterval(tick)
    }
  }, [])
  return state
}

/** One connection per page: an effect that runs twice must not use up two tickets. */
let link: Promise<HostLink> | null = null

async function follow(show: (status: HostStatus) => void): Promise<void> {
  link ??= connectHost()
  const { client } = await link
  const info = await client.host.info()
  const servers = new Map<string, ServerView>()
  for await (const { items } of readStream(client.servers.watch(), client.streams.ack)) {
    for (const event of items) {
      if (event.type === 'changed') servers.set(event.server.definition.id, event.server)
      if (event.type === 'removed') servers.delete(event.id)
    }
    const sorted = [...servers.values()].toSorted((a, b) =>
      a.definition.name.localeCompare(b.definition.name, 'en'),
    )
    show({ status: 'connected', info, servers: sorted, now: Date.now() })
  }
}
