/** A value at a time. */
export interface ChartPoint {
  /** Milliseconds since the Unix epoch. */
  readonly at: number
  readonly value: number
}

/** What a line is drawn into. */
export interface ChartFrame {
  /** Milliseconds since the Unix epoch, at the left and at the right edge. */
  readonly fromAt: number
  readonly toAt: number
  /** The value at the upper edge; the lower one is 0. */
  readonly max: number
  readonly width: number
  readonly height: number
}

/**
 * The path of a line through points, for SVG. Where two points are further apart than `gapMs` nothing was
 * measured between them, and nothing is drawn; a point alone is a dot, with round caps. Empty without points. Pure.
 */
export function linePath(points: readonly ChartPoint[], frame: ChartFrame, gapMs: number): string {
  let path = ''
  let last: ChartPoint | null = null
  let isAlone = false
  for (const point of points) {
    const at = `${round(xOf(point.at, frame))} ${round(yOf(point.value, frame))}`
    const goesOn = last !== null && point.at - last.at <= gapMs
    if (!goesOn && isAlone) path += 'h0'
    path += goesOn ? `L${at}` : `M${at}`
    isAlone = !goesOn
    last = point
  }
  return isAlone ? `${path}h0` : path
}

/** Where a time is in a frame, from its left edge. Pure. */
export function xOf(at: number, { fromAt, toAt, width }: ChartFrame): number {
  return ((at - fromAt) / (toAt - fromAt)) * width
}

/** Where a value is in a frame, from its upper edge; one that is too large is at that edge. Pure. */
export function yOf(value: number, { max, height }: ChartFrame): number {
  return height * (1 - Math.min(1, value / max))
}

/** The first of 1, 2, 5, 10, 20 … times a power of ten that all values fit under, and not less than `least`. Pure. */
export function roundMax(values: readonly number[], least: number): number {
  const most = Math.max(least, ...values)
  const power = 10 ** Math.floor(Math.log10(most))
  return [1, 2, 5, 10].map((step) => step * power).find((max) => max >= most) ?? most
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
