/** How many lines there were at a moment, in milliseconds since the Unix epoch. */
export interface RateSample {
  readonly at: number
  readonly arrived: number
}

/** Over how many samples, one a second, the rate is taken. */
const keptSamples = 4

/** The samples with one for `at`; the same where it has one already. Pure. */
export function countAt(
  samples: readonly RateSample[],
  at: number,
  arrived: number,
): readonly RateSample[] {
  if (samples.at(-1)?.at === at) return samples
  return [...samples, { at, arrived }].slice(-keptSamples)
}

/** Lines per second between the first and the last sample, rounded. Pure. */
export function rateOf(samples: readonly RateSample[]): number {
  const first = samples[0]
  const last = samples.at(-1)
  if (first === undefined || last === undefined || last.at <= first.at) return 0
  return Math.round(((last.arrived - first.arrived) * 1_000) / (last.at - first.at))
}
