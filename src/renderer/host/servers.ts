import { create } from 'zustand'
import type { ServerEvent } from '../../shared/contract/servers.ts'
import type { ServerId } from '../../shared/domain/ids.ts'
import type { ServerView } from '../../shared/domain/server-view.ts'

/** Every server that the host knows. */
interface ServersState {
  /** False until the host has told all of them once. */
  readonly isKnown: boolean
  readonly byId: ReadonlyMap<ServerId, ServerView>
}

/** The servers, live. Kept over a lost connection, until the host tells them anew. */
export const useServers = create<ServersState>(() => ({ isKnown: false, byId: new Map() }))

/** One server, or undefined where there is none. Renders again only when that server changes. */
export function useServer(id: ServerId | null): ServerView | undefined {
  return useServers((state) => (id === null ? undefined : state.byId.get(id)))
}

/** Settles once a server that passes is known: at once, or when the host tells of it. */
export async function untilServer(passes: (server: ServerView) => boolean): Promise<void> {
  const isKnown = () => [...useServers.getState().byId.values()].some(passes)
  if (isKnown()) return
  await new Promise<void>((resolve) => {
    const stop = useServers.subscribe(() => {
      if (!isKnown()) return
      stop()
      resolve()
    })
  })
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Orders servers by name; those of one name by project. The order does not depend on their state, so a row stays where it is. */
export function compareServers(a: ServerView, b: ServerView): number {
  return (
    collator.compare(a.definition.name, b.definition.name) ||
    collator.compare(a.definition.project ?? '', b.definition.project ?? '') ||
    collator.compare(a.definition.id, b.definition.id)
  )
}

/** Takes in the events of one subscription: all servers at first, which replace what was known, then each change. */
export function createServerFeed(): (events: readonly ServerEvent[]) => void {
  let isReady = false
  const known = new Map<ServerId, ServerView>()
  return (events) => {
    for (const event of events) {
      if (event.type === 'changed') known.set(event.server.definition.id, event.server)
      if (event.type === 'removed') known.delete(event.id)
      if (event.type === 'ready') isReady = true
    }
    if (isReady) useServers.setState({ isKnown: true, byId: new Map(known) })
  }
}
