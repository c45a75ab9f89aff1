import * as React from 'react'
import { go, guardLeaving, type Route } from '../../app/route.ts'
import { host, useConnection } from '../../host/connection.ts'
import { useDesktop } from '../../host/desktop.ts'

/** A question before a page is left. */
export interface LeaveGuard {
  /** Where the person wants to go, while the question is open. */
  readonly asked: Route | null
  readonly stay: () => void
  readonly leave: () => void
}

/**
 * Asks before the page is left, while `isActive`: inside the application by a dialog, else by the browser's own; the desktop
 * application asks before it ends.
 */
export function useLeaveGuard(isActive: boolean): LeaveGuard {
  const [asked, setAsked] = React.useState<Route | null>(null)
  const isDesktop = useDesktop(({ state }) => state.isDesktop)
  const connectedTimes = useConnection((state) => state.connectedTimes)
  React.useEffect(() => {
    // Told anew on each connection: with the last one the window has forgotten it.
    if (!isActive || !isDesktop || connectedTimes === 0) return
    void noteUnsaved(true)
    return () => void noteUnsaved(false)
  }, [isActive, isDesktop, connectedTimes])
  React.useEffect(() => {
    if (!isActive) return
    const release = guardLeaving(setAsked)
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', onUnload)
    return () => {
      release()
      window.removeEventListener('beforeunload', onUnload)
    }
  }, [isActive])
  return {
    asked,
    stay: () => setAsked(null),
    leave: () => {
      if (asked !== null) go(asked, { unasked: true })
    },
  }
}

async function noteUnsaved(isUnsaved: boolean): Promise<void> {
  try {
    await host().desktop.noteUnsaved({ isUnsaved })
  } catch {
    // There is no connection: the window has forgotten it, and is told again on the next one.
  }
}
