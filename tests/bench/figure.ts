/** One line of the table of figures. */
export interface Figure {
  readonly what: string
  /** Of the product, with its unit. */
  readonly value: string
  /** What it is held against: the least that the job can cost, or the bar of BENCHMARKS.md; empty where there is none. */
  readonly bound: string
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
