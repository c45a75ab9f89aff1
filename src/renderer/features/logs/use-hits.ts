import * as React from 'react'
import { type LogText, logTextSchema } from '../../../shared/contract/logs.ts'
import { HitFinder, type HitState } from './hit-finder.ts'
import type { LogFeed } from './log-feed.ts'

/** The hits of a text in the lines of a feed, live; null where nothing is searched for or nothing is known yet. */
export function useHits(feed: LogFeed | null, search: LogText | null): HitState | null {
  const key = search === null ? null : JSON.stringify(search)
  const [found, setFound] = React.useState<{
    readonly key: string
    readonly feed: LogFeed
    readonly state: HitState
  } | null>(null)
  React.useEffect(() => {
    if (key === null || feed === null) return
    const finder = new HitFinder(feed.lines, logTextSchema.parse(JSON.parse(key)), (state) => {
      setFound({ key, feed, state })
    })
    const unsubscribe = feed.subscribe(() => finder.advance())
    return () => {
      unsubscribe()
      finder.stop()
    }
  }, [feed, key])
  return found !== null && found.key === key && found.feed === feed ? found.state : null
}
