import * as React from 'react'
import { damagedServers } from '../features/servers/damaged-notice.ts'
import { useHostInfo } from '../host/host-info.ts'
import { useServers } from '../host/servers.ts'
import { go, useRoute } from './route.ts'

/**
 * Leads a person who has no servers yet to the import, once: what their clients have is the best start. Only from the list
 * of servers, so that a link elsewhere is kept, and not where the list is empty because its file was damaged: it says so.
 */
export function useFirstStart(): void {
  const isEmpty = useServers((state) => state.isKnown && state.byId.size === 0)
  const areServersKnown = useServers((state) => state.isKnown)
  const info = useHostInfo((state) => state.info)
  const hasLed = React.useRef(false)
  React.useEffect(() => {
    if (!areServersKnown || info === null || hasLed.current) return
    hasLed.current = true
    const { route } = useRoute.getState()
    if (damagedServers(info.notices) !== null) return
    if (isEmpty && route.page === 'servers') go({ page: 'import' }, { replace: true })
  }, [areServersKnown, info, isEmpty])
}
