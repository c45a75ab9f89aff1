import * as React from 'react'
import { useServers } from '../host/servers.ts'

/** Loads a part of the program once the first page stands, so that it is there when it is asked for. `load` must not change. */
export function useAhead(load: () => Promise<unknown>): void {
  const isStanding = useServers((state) => state.isKnown)
  React.useEffect(() => {
    if (isStanding) load().catch(saidLater)
  }, [isStanding, load])
}

/** What does not load says so when it is opened. */
function saidLater(): null {
  return null
}
