import * as React from 'react'
import { type LogFilter, logFilterSchema } from '../../../shared/contract/logs.ts'
import { toAppError } from '../../../shared/contract/rpc-error.ts'
import type { LogLine } from '../../../shared/domain/log-line.ts'
import { host, useConnection } from '../../host/connection.ts'
import { isGap } from './line-buffer.ts'
import type { LogFeed } from './log-feed.ts'
import { addLines, type Volume, volumeOf } from './volume.ts'

/** How many spans the host counts, and how many there may become. */
export const countedSpans = 110
const mostSpans = 165
/** How often lines that came are counted in, in milliseconds: nobody reads a chart faster. */
const countEveryMs = 500

/**
 * How many lines of each level there are over time: counted by the host once, then by the page from the lines of a feed
 * that come. Asked again only after a reconnection. Null until it is known. `feed` null: nothing is counted in.
 */
export function useVolume(filter: LogFilter, feed: LogFeed | null): Volume | null {
  const key = JSON.stringify(filter)
  const connectedTimes = useConnection((state) => state.connectedTimes)
  const [counted, setCounted] = React.useState<{
    readonly volume: Volume
    readonly toAt: number
  } | null>(null)
  const [volume, setVolume] = React.useState<Volume | null>(null)
  React.useEffect(() => {
    if (connectedTimes === 0) return
    let isWanted = true
    const ask = async () => {
      const answer = await host().logs.volume({
        ...logFilterSchema.parse(JSON.parse(key)),
        buckets: countedSpans,
      })
      if (!isWanted) return
      setCounted({ volume: volumeOf(answer), toAt: answer.toAt })
      setVolume(volumeOf(answer))
    }
    ask().catch((thrown: unknown) => {
      const error = toAppError(thrown)
      // A search that is too slow is said by the feed, a lost connection by the page; the chart is not worth a second word.
      if (isWanted && error.code !== 'host_unreachable') setVolume(null)
    })
    return () => {
      isWanted = false
    }
  }, [key, connectedTimes])
  React.useEffect(() => {
    if (feed === null || counted === null || feed.filter.untilAt !== null) return
    let sum = counted.volume
    let next = feed.lines.firstId
    let timer: ReturnType<typeof setTimeout> | undefined
    const count = () => {
      timer = undefined
      const lines: LogLine[] = []
      for (let id = Math.max(next, feed.lines.firstId); id < feed.lines.endId; id += 1) {
        const row = feed.lines.get(id)
        if (row !== undefined && !isGap(row) && row.at >= counted.toAt) lines.push(row)
      }
      next = feed.lines.endId
      if (lines.length === 0) return
      sum = addLines(sum, lines, mostSpans)
      setVolume(sum)
    }
    const onLines = () => {
      timer ??= setTimeout(count, countEveryMs)
    }
    onLines()
    const unsubscribe = feed.subscribe(onLines)
    return () => {
      unsubscribe()
      clearTimeout(timer)
    }
  }, [feed, counted])
  return volume
}
