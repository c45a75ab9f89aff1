import * as React from 'react'
import { go, guardLeaving, type Route } from '../../app/route.ts'

/** A question before a page is left. */
export interface LeaveGuard {
  /** Where the person wants to go, while the question is open. */
  readonly asked: Route | null
  readonly stay: () => void
  readonly leave: () => void
}

/** Asks before the page is left, while `isActive`: inside the application by a dialog, else by the browser's own. */
export function useLeaveGuard(isActive: boolean): LeaveGuard {
  const [asked, setAsked] = React.useState<Route | null>(null)
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
