import * as React from 'react'
import type { LogFeed } from './log-feed.ts'

/** Whether a view stays at the end of its log. */
export interface Following {
  readonly isFollowing: boolean
  /** When it was paused, in milliseconds since the Unix epoch; null while it follows. */
  readonly pausedAt: number | null
  /** How many lines have come since. */
  readonly newLines: number
  /** Pauses because the person went elsewhere in the log: at its end it goes on. */
  readonly pause: () => void
  /** Pauses until `follow`, wherever the person scrolls to. */
  readonly hold: () => void
  /** Goes on where the end was reached, unless it is held. */
  readonly reachEnd: () => void
  readonly follow: () => void
}

/** Follows at first; `arrived` is how many lines came so far. */
export function useFollowing(feed: LogFeed, arrived: number): Following {
  const [paused, setPaused] = React.useState<{
    readonly at: number
    readonly arrived: number
    readonly isHeld: boolean
  } | null>(null)
  const stop = (isHeld: boolean) => {
    setPaused((before) => before ?? { at: Date.now(), arrived: feed.state().arrived, isHeld })
  }
  return {
    isFollowing: paused === null,
    pausedAt: paused?.at ?? null,
    newLines: paused === null ? 0 : arrived - paused.arrived,
    pause: () => stop(false),
    hold: () => stop(true),
    reachEnd: () => setPaused((before) => (before?.isHeld === true ? before : null)),
    follow: () => setPaused(null),
  }
}
