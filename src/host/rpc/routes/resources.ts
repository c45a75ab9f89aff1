import type { ResourcesEvent } from '../../../shared/contract/resources.ts'
import type { Implementer, Routes } from '../implementer.ts'
import type { RouterOptions } from '../router-options.ts'
import { LatestQueue } from '../stream-queue.ts'

/** What servers take of the machine. */
export function resourcesRoutes(os: Implementer, options: RouterOptions): Routes<'resources'> {
  const { core, streams } = options
  return {
    watch: os.resources.watch.handler(({ signal }) =>
      streams.open<ResourcesEvent>(
        (sink) => core.resources.watch(sink.push),
        new LatestQueue(keyOfEvent),
        signal,
      ),
    ),
    latest: os.resources.latest.handler(async () => [...core.resources.latest()]),
  }
}

/** A sample and an end are both what is true now; a history is not replaced by them. */
function keyOfEvent(event: ResourcesEvent): string {
  switch (event.type) {
    case 'history':
      return `history ${event.serverId}`
    case 'sample':
    case 'ended':
      return `now ${event.serverId}`
    case 'ready':
      return 'ready'
  }
}
