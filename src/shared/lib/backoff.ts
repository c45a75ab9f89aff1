/** How long to wait before the next attempt. All times in milliseconds. */
export interface BackoffPolicy {
  /** Wait after the first failure. */
  readonly baseMs: number
  /** Longest wait, before jitter. */
  readonly capMs: number
  /** Share by which the wait varies to either side: 0.2 is plus or minus 20 %. */
  readonly jitter: number
}

/**
 * The wait after the `failures`-th failure in a row (1 or more): `baseMs * 2^(failures-1)`, at most `capMs`, varied by `jitter`.
 * @param random a number in [0, 1), injected so that the decision stays pure.
 */
export function backoffMs(policy: BackoffPolicy, failures: number, random: number): number {
  const plain = Math.min(policy.capMs, policy.baseMs * 2 ** Math.max(0, failures - 1))
  return Math.round(plain * (1 + policy.jitter * (2 * random - 1)))
}
