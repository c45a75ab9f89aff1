import type * as React from 'react'
import { type ChartPoint, linePath } from './line-path.ts'

const width = 44
const height = 16
/** Half of the line's width has room above and below. */
const margin = 1

/** What a sparkline takes. */
export interface SparklineProps {
  readonly points: readonly ChartPoint[]
  /** Milliseconds since the Unix epoch, at the left and at the right edge. */
  readonly fromAt: number
  readonly toAt: number
  /** The upper edge is this, or the largest value where that is more: what is hardly anything stays near to the ground. */
  readonly least: number
  /** The longest time between two points of one line, in milliseconds. */
  readonly gapMs: number
}

/** The course of a value, as small as a word. It says nothing that the figure beside it does not say better: it is not read aloud. */
export function Sparkline({
  points,
  fromAt,
  toAt,
  least,
  gapMs,
}: SparklineProps): React.JSX.Element {
  const inFrame = points.filter(({ at }) => at >= fromAt && at <= toAt)
  const max = Math.max(least, ...inFrame.map(({ value }) => value))
  const frame = { fromAt, toAt, max, width, height: height - 2 * margin }
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 ${-margin} ${width} ${height}`}
      className="flex-none fill-none stroke-ink-3"
      strokeWidth={1.25}
      strokeLinejoin="round"
      strokeLinecap="round"
      aria-hidden
    >
      <path d={linePath(inFrame, frame, gapMs)} />
    </svg>
  )
}
