import * as React from 'react'
import { host } from '../../host/connection.ts'

/** How long a person must have stopped typing before lines are counted, in milliseconds. */
const pauseMs = 200
const hourMs = 3_600_000

/** How many log lines of the last hour hold a text; null while that is not known, and where it cannot be. */
export function useLineCount(text: string | null): number | null {
  const [counted, setCounted] = React.useState<{ text: string; lines: number } | null>(null)
  React.useEffect(() => {
    if (text === null || text.length < 2) return
    let isCurrent = true
    const timer = setTimeout(() => {
      countLines(text).then(
        (lines) => {
          if (isCurrent) setCounted({ text, lines })
        },
        // The figure is an extra: without it the entry still leads to the logs, which say what is wrong.
        () => {
          if (isCurrent) setCounted(null)
        },
      )
    }, pauseMs)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [text])
  return counted !== null && counted.text === text ? counted.lines : null
}

async function countLines(pattern: string): Promise<number> {
  const { buckets } = await host().logs.volume({
    serverIds: null,
    sources: null,
    levels: null,
    sinceAt: Date.now() - hourMs,
    untilAt: null,
    text: { pattern, regex: false, matchCase: false },
    buckets: 1,
  })
  return buckets.reduce((sum, { debug, info, warn, error }) => sum + debug + info + warn + error, 0)
}
