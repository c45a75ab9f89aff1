import * as React from 'react'

const listeners = new Map<() => void, number>()
let timer: ReturnType<typeof setInterval> | undefined

/**
 * The time, in milliseconds since the Unix epoch and at most `everyMs` old; the component renders again when it changes. All
 * components share one interval, which runs as often as the most impatient of them asks.
 */
export function useNow(everyMs = 1_000): number {
  const subscribe = React.useCallback(
    (listener: () => void) => {
      listeners.set(listener, everyMs)
      restart()
      return () => {
        listeners.delete(listener)
        restart()
      }
    },
    [everyMs],
  )
  return React.useSyncExternalStore(subscribe, () => Math.floor(Date.now() / everyMs) * everyMs)
}

function restart(): void {
  clearInterval(timer)
  timer = undefined
  if (listeners.size === 0) return
  timer = setInterval(
    () => {
      for (const listener of listeners.keys()) listener()
    },
    Math.min(...listeners.values()),
  )
}
