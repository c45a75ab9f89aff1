/** One line of the table of figures. */
export interface Figure {
  readonly what: string
  /** Of the product, with its unit. */
  readonly value: string
  /** Of other programs in the same run; absent where there is none to compare with. */
  readonly peers?: string
  /** What it is held against: the least that the job can cost, or the bar of BENCHMARKS.md; empty where there is none. */
  readonly bound: string
  /** What went wrong that must never go wrong, on any machine: the bench fails then. Times are never among it. */
  readonly missed?: readonly string[]
}

/** How the long runs of a part go. */
export interface LongRun {
  /** The form that CI runs. */
  readonly isShort: boolean
  /** How many cycles in place of the usual number; null: the usual one. */
  readonly cycles: number | null
  /** Which sections; null: all. */
  readonly only: readonly string[] | null
  /** Shows how far it is. */
  readonly progress: (text: string) => void
}

/** The median of some times in milliseconds, with its unit. */
export function ms(times: readonly number[]): string {
  return `${Math.round(quantile(times, 0.5))} ms`
}

/** The value below which a share of all values lies; the median at 0.5. NaN without values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** Median, 99th percentile and worst of some times in milliseconds. */
export function spread(times: readonly number[]): string {
  const [p50, p99, worst] = [0.5, 0.99, 1].map((share) => round(quantile(times, share)))
  return `p50 ${p50}, p99 ${p99}, worst ${worst} ms`
}

/** Three digits are enough for a time. */
export function round(value: number): string {
  return value < 10 ? value.toFixed(1) : String(Math.round(value))
}
