import type { Tokens } from './token-request.ts'

/** What is known when a token is wanted. Times in milliseconds since the Unix epoch. */
export interface TokenSituation {
  readonly tokens: Pick<Tokens, 'issuedAt' | 'expiresAt'>
  readonly isRenewable: boolean
  /** A renewal was begun, and nobody knows whether the server carried it out. */
  readonly isRenewalOpen: boolean
  /** When the next try is due after one that failed; 0: none did. */
  readonly retryAt: number
}

/**
 * What to do: `use` the token; `renew_ahead`, and use it all the same if that fails; `renew`, since it no longer serves;
 * `wait` for the next try; or `expired`: only a person can help.
 */
export type TokenPlan = 'use' | 'renew_ahead' | 'renew' | 'wait' | 'expired'

/** A token is renewed in the last fifth of its life, and in its last five minutes at most. */
const aheadShare = 0.2
const maxAheadMs = 5 * 60_000
/** It counts as expired a little before it is: clocks differ, and a request takes its time. */
const skewShare = 0.05
const maxSkewMs = 10_000

/**
 * Decides about a token. While it is open whether an earlier renewal was carried out, it is used for as long as it serves: to
 * send a refresh token a second time makes a careful server withdraw all that it gave (RFC 9700 section 4.14.2). Pure.
 */
export function planToken(situation: TokenSituation, now: number): TokenPlan {
  const { tokens, isRenewable, isRenewalOpen, retryAt } = situation
  const { issuedAt, expiresAt } = tokens
  if (expiresAt === null) return 'use'
  const lifeMs = expiresAt - issuedAt
  if (now < expiresAt - Math.min(maxSkewMs, lifeMs * skewShare)) {
    const aheadMs = Math.min(maxAheadMs, lifeMs * aheadShare)
    const isDue = isRenewable && !isRenewalOpen && now >= retryAt && now >= expiresAt - aheadMs
    return isDue ? 'renew_ahead' : 'use'
  }
  if (!isRenewable) return 'expired'
  return now < retryAt ? 'wait' : 'renew'
}

/**
 * What a refusal of the token endpoint means: `later` for a server that is out of order, else the grant is gone and a person
 * has to sign in, with a new `client` where the server no longer knows this one. Pure.
 */
export function meaningOfRefusal(error: string): 'later' | 'sign_in' | 'client' {
  switch (error) {
    case 'temporarily_unavailable':
    case 'server_error':
    case 'slow_down':
      return 'later'
    case 'invalid_client':
    case 'unauthorized_client':
      return 'client'
    default:
      return 'sign_in'
  }
}
