import * as React from 'react'
import type { LogText } from '../../../shared/contract/logs.ts'
import type { HitMap } from './hit-map.ts'
import type { LogFeed } from './log-feed.ts'
import type { LogListHandle } from './log-list.tsx'
import { useHits } from './use-hits.ts'

/** A search's hits, and going from one to the next. */
export interface HitSteps {
  /** Null: nothing is searched for. */
  readonly hits: HitMap | null
  /** The row that one is at; null: none yet. */
  readonly current: number | null
  readonly isSearching: boolean
  /** The expression took too long, and the search was ended. */
  readonly isSlow: boolean
  /** Goes `by` hits on, round the ends; from nowhere to the newest one. */
  readonly step: (by: 1 | -1) => void
}

/** Searches the lines of a feed for a text, and reveals hits in the list. */
export function useHitSteps(
  feed: LogFeed | null,
  text: LogText | null,
  listRef: React.RefObject<LogListHandle | null>,
): HitSteps {
  const found = useHits(feed, text)
  const hits = found?.hits ?? null
  const [at, setAt] = React.useState<{ readonly feed: LogFeed; readonly row: number } | null>(null)
  const row = at !== null && at.feed === feed ? at.row : null
  const isHit = row !== null && hits !== null && hits.rangesOf(row).length > 0
  return {
    hits,
    current: isHit ? row : null,
    isSearching: text !== null && (found === null || found.phase === 'searching'),
    isSlow: found?.phase === 'slow',
    step: (by) => {
      if (feed === null || hits === null || hits.count === 0) return
      const from = row === null ? hits.count : hits.indexOf(row)
      // Between two hits, the one after the place is the next one already.
      const target = row !== null && !isHit && by === 1 ? from : from + by
      const index = row === null ? hits.count - 1 : (target + hits.count) % hits.count
      const next = hits.at(index)
      if (next === undefined) return
      setAt({ feed, row: next })
      listRef.current?.reveal(next)
    },
  }
}
