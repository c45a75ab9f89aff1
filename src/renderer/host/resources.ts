import { create } from 'zustand'
import type { ResourcesEvent } from '../../shared/contract/resources.ts'
import type { ServerId } from '../../shared/domain/ids.ts'
import {
  historyPoints,
  type ResourcePoint,
  type ResourceSample,
} from '../../shared/domain/resources.ts'

/** What some processes take, and took in the last ten minutes. */
export interface Usage {
  /** Null where nothing runs, or it was not measured yet. */
  readonly now: ResourceSample | null
  /** Oldest first. */
  readonly points: readonly ResourcePoint[]
}

const nothing: Usage = { now: null, points: [] }

interface ResourcesState {
  readonly byServer: ReadonlyMap<ServerId, Usage>
  /** Of MCP Manager itself, without its servers. */
  readonly own: Usage
}

/** What each server takes of the machine, live while the page is seen. */
export const useResources = create<ResourcesState>(() => ({ byServer: new Map(), own: nothing }))

/** What one server takes. Renders again only when that server was measured. */
export function useUsage(id: ServerId): Usage {
  return useResources(({ byServer }) => byServer.get(id) ?? nothing)
}

/** Takes in the events of one subscription: what is known at first, which replaces what was, then each sample. */
export function createResourcesFeed(): (events: readonly ResourcesEvent[]) => void {
  let isReady = false
  const known = new Map<ServerId | null, Usage>()
  return (events) => {
    for (const event of events) {
      if (event.type === 'ready') isReady = true
      else known.set(event.serverId, withEvent(known.get(event.serverId) ?? nothing, event))
    }
    if (!isReady) return
    const byServer = new Map<ServerId, Usage>()
    for (const [id, usage] of known) if (id !== null) byServer.set(id, usage)
    useResources.setState({ byServer, own: known.get(null) ?? nothing })
  }
}

function withEvent(usage: Usage, event: Exclude<ResourcesEvent, { type: 'ready' }>): Usage {
  switch (event.type) {
    case 'history':
      return { ...usage, points: event.points }
    case 'ended':
      return { ...usage, now: null }
    case 'sample': {
      const { sample, point } = event
      const earlier = usage.points.filter(({ at }) => at < point.at)
      return { now: sample, points: [...earlier, point].slice(-historyPoints) }
    }
  }
}
