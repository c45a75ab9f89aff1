import * as React from 'react'
import { useServers } from '../host/servers.ts'
import { go, useRoute } from './route.ts'

/**
 * Leads a person who has no servers yet to the import, once: what their clients have is the best start. Only from the list
 * of servers, so that a link elsewhere is kept.
 */
export function useFirstStart(): void {
  const isEmpty = useServers((state) => state.isKnown && state.byId.size === 0)
  const isKnown = useServers((state) => state.isKnown)
  const hasLed = React.useRef(false)
  React.useEffect(() => {
    if (!isKnown || hasLed.current) return
    hasLed.current = true
    const { route } = useRoute.getState()
    if (isEmpty && route.page === 'servers') go({ page: 'import' }, { replace: true })
  }, [isKnown, isEmpty])
}
