import * as React from 'react'

const listeners = new Map<() => void, number>()
let timer: ReturnType<typeof setInterval> | undefined
let timerMs = Infinity

/**
 * The time, in milliseconds since the Unix epoch and at most `everyMs` old; the component renders again when it changes. All
 * components share one interval, which runs as often as the most impatient of them asks. Null: nothing counts, so it never
 * changes, and is 0.
 */
export function useNow(everyMs: number | null = 1_000): number {
  const subscribe = React.useCallback(
    (listener: () => void) => {
      if (everyMs === null) return () => undefined
      listeners.set(listener, everyMs)
      restart()
      return () => {
        listeners.delete(listener)
        restart()
      }
    },
    [everyMs],
  )
  return React.useSyncExternalStore(subscribe, () =>
    everyMs === null ? 0 : Math.floor(Date.now() / everyMs) * everyMs,
  )
}

function restart(): void {
  const everyMs = Math.min(...listeners.values())
  // One that comes or goes must not put off the tick of all others.
  if (everyMs === timerMs) return
  clearInterval(timer)
  timerMs = everyMs
  if (listeners.size === 0) return
  timer = setInterval(() => {
    for (const listener of listeners.keys()) listener()
  }, everyMs)
}
