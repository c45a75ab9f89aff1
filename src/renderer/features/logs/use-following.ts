import * as React from 'react'
import type { LogFeed } from './log-feed.ts'

/** Whether a view stays at the end of its log. */
export interface Following {
  readonly isFollowing: boolean
  /** When it was paused, in milliseconds since the Unix epoch; null while it follows. */
  readonly pausedAt: number | null
  /** How many lines have come since. */
  readonly newLines: number
  readonly pause: () => void
  readonly follow: () => void
}

/** Follows at first; `arrived` is how many lines came so far. */
export function useFollowing(feed: LogFeed, arrived: number): Following {
  const [paused, setPaused] = React.useState<{
    readonly at: number
    readonly arrived: number
  } | null>(null)
  return {
    isFollowing: paused === null,
    pausedAt: paused?.at ?? null,
    newLines: paused === null ? 0 : arrived - paused.arrived,
    pause: () => {
      setPaused((before) => before ?? { at: Date.now(), arrived: feed.state().arrived })
    },
    follow: () => setPaused(null),
  }
}
