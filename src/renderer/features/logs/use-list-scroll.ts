import * as React from 'react'
import type { LogFeed } from './log-feed.ts'
import { idAt, offsetOf, type RowLayout, rowHeight, totalHeight } from './row-layout.ts'
import type { Following } from './use-following.ts'

/** How near to the end counts as the end, in px. */
const endSlack = 4
/** How near to the oldest line the page before it is asked for, in rows. */
const olderRows = 100

/** What scrolls the list, and which rows it shows. */
export interface ListScroll {
  readonly firstShown: number
  readonly lastShown: number
  /** How many rows fit. */
  readonly page: number
  readonly topOf: (id: number) => number
  readonly onScroll: () => void
  readonly onWheel: (event: React.WheelEvent) => void
  /** Scrolls as little as makes a row visible, or so that it stands in the middle. */
  readonly show: (id: number, where: 'near' | 'middle') => void
}

/**
 * Keeps the list where the person left it: at the end while it follows, else at the same row while rows come and go above
 * it. The place is a row and a distance from it, so it holds whatever is loaded before it.
 */
export function useListScroll(
  listRef: React.RefObject<HTMLDivElement | null>,
  options: {
    readonly feed: LogFeed
    readonly following: Following
    readonly layout: RowLayout
    /** What sticks at the top, in px. */
    readonly headHeight: number
  },
): ListScroll {
  const { feed, following, layout, headHeight } = options
  const { isFollowing } = following
  const [height, setHeight] = React.useState(600)
  const [place, setPlace] = React.useState({ id: 0, distance: 0 })
  const bottom = Math.max(0, totalHeight(layout) - height)
  const top = isFollowing
    ? bottom
    : Math.min(
        bottom,
        offsetOf(layout, place.id) + (place.id < layout.firstId ? 0 : place.distance),
      )
  const firstShown = idAt(layout, top)
  const lastShown = idAt(layout, top + height)

  React.useLayoutEffect(() => {
    const list = listRef.current
    if (list === null) return
    const observer = new ResizeObserver(() => setHeight(list.clientHeight - headHeight))
    observer.observe(list)
    return () => observer.disconnect()
  }, [listRef, headHeight])

  const drawn = React.useRef(layout)
  /** Where following put the list. */
  const followedTop = React.useRef(0)
  React.useLayoutEffect(() => {
    const list = listRef.current
    if (list === null) return
    if (isFollowing) {
      list.scrollTop = list.scrollHeight
      followedTop.current = list.scrollTop
    } else {
      // The difference only: the person may be scrolling at this moment.
      const shift = offsetOf(layout, place.id) - offsetOf(drawn.current, place.id)
      if (shift !== 0) list.scrollTop += shift
    }
    drawn.current = layout
  })

  const loadOlder = () => {
    feed.loadOlder().catch((thrown: unknown) => {
      console.error('Older lines failed without saying so:', thrown)
    })
  }
  const takePlace = (list: HTMLDivElement) => {
    const id = idAt(layout, list.scrollTop)
    setPlace({ id, distance: list.scrollTop - offsetOf(layout, id) })
    if (id - layout.firstId < olderRows) loadOlder()
  }
  const pauseHere = () => {
    if (listRef.current !== null) takePlace(listRef.current)
    following.pause()
  }
  return {
    firstShown,
    lastShown,
    page: Math.max(1, Math.floor(height / rowHeight) - 1),
    topOf: (id) => offsetOf(layout, id),
    onScroll: () => {
      const list = listRef.current
      if (list === null) return
      const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight <= endSlack
      if (isFollowing) {
        // Only a person scrolls up: a list that became lower, as by a notice above it, is no longer at its end either.
        if (!isAtEnd && list.scrollTop < followedTop.current) pauseHere()
      } else {
        takePlace(list)
        if (isAtEnd && feed.filter.untilAt === null) following.follow()
      }
    },
    onWheel: (event) => {
      // Before the next line pulls it back to the end.
      const list = listRef.current
      if (list === null || list.scrollHeight <= list.clientHeight) return
      if (isFollowing && event.deltaY < 0) pauseHere()
    },
    show: (id, where) => {
      const list = listRef.current
      if (list === null) return
      const rowTop = offsetOf(layout, id)
      const current = list.scrollTop
      const target =
        where === 'middle'
          ? rowTop - Math.floor((height - rowHeight) / 2)
          : Math.min(Math.max(current, rowTop + rowHeight - height), rowTop)
      const next = Math.min(Math.max(0, target), bottom)
      if (next !== current) list.scrollTop = next
      const at = idAt(layout, next)
      setPlace({ id: at, distance: next - offsetOf(layout, at) })
      if (at - layout.firstId < olderRows) loadOlder()
    },
  }
}
