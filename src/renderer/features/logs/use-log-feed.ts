import * as React from 'react'
import { type LogFilter, logFilterSchema } from '../../../shared/contract/logs.ts'
import { host, useConnection } from '../../host/connection.ts'
import { type FeedLimits, type FeedState, LogFeed } from './log-feed.ts'

/**
 * Follows a filter while the component is mounted, over lost connections too. Null until the first lines are known; when the
 * filter changes, the lines of the last one are shown until then.
 */
export function useLogFeed(filter: LogFilter, { initial, kept }: FeedLimits): LogFeed | null {
  const [shown, setShown] = React.useState<LogFeed | null>(null)
  // The same filter in a new object is no new feed.
  const key = JSON.stringify(filter)
  React.useEffect(() => {
    const feed = new LogFeed(logFilterSchema.parse(JSON.parse(key)), { initial, kept })
    const stopWaiting = feed.subscribe(() => {
      if (feed.state().phase === 'loading') return
      setShown(feed)
      stopWaiting()
    })
    const connect = () => {
      // Between a break and the next connection there is no client; then this runs again.
      if (useConnection.getState().connection.status !== 'connected') return
      feed.connect(host()).catch((thrown: unknown) => {
        console.error('A log feed failed without saying so:', thrown)
      })
    }
    connect()
    const stopConnecting = useConnection.subscribe((now, before) => {
      if (now.connectedTimes !== before.connectedTimes) connect()
    })
    return () => {
      stopWaiting()
      stopConnecting()
      feed.stop()
    }
  }, [key, initial, kept])
  return shown
}

/** What a feed holds, live; renders at most once per frame. */
export function useFeedState(feed: LogFeed): FeedState {
  return React.useSyncExternalStore(feed.subscribe, feed.state)
}
