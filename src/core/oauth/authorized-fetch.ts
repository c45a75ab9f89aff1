import type { FetchLike } from '@modelcontextprotocol/client'
import { AppError } from '../../shared/domain/errors.ts'
import { withSignal } from '../servers/with-signal.ts'
import { type Challenge, readChallenge } from './challenge.ts'

/** Gives one server's requests their token. All errors are `AppError`s: `auth_required` where a person has to sign in. */
export interface RequestAuthorizer {
  /** The token to send; null: none is there, so the server is asked without. */
  readonly token: () => Promise<string | null>
  /** A token in place of the one that was refused. */
  readonly renew: (challenge: Challenge, refused: string | null) => Promise<string>
  /** Told that the server took a token. */
  readonly accepted: () => Promise<void>
  /** The error for a server that refuses a token that was just issued. */
  readonly refusedAgain: (refused: string) => Promise<AppError>
  /** A token with the scopes that a request needs and its token does not have. Throws where a person has to sign in for it. */
  readonly missing: (challenge: Challenge, refused: string | null) => Promise<string>
}

/**
 * A fetch that sends each request to the server with its token, and once more with a new one where that was refused. To
 * another origin it sends none.
 * @param onRefusal told of each error that it throws itself: an event source makes a text of what its fetch throws.
 */
export function createAuthorizedFetch(
  fetch: FetchLike,
  serverUrl: URL,
  authorizer: RequestAuthorizer,
  onRefusal: (error: AppError) => void,
): FetchLike {
  const send = async (
    url: string | URL,
    init: RequestInit | undefined,
    token: string | null,
  ): Promise<Response> => {
    if (token === null) return await fetch(url, init)
    const headers = new Headers(init?.headers)
    headers.set('authorization', `Bearer ${token}`)
    return await fetch(url, { ...init, headers })
  }
  /** Null where the answer is one; else what the request lacks. */
  const missingIn = async (response: Response): Promise<Challenge | null> => {
    if (response.ok) await authorizer.accepted()
    const challenge = response.status === 403 ? readChallenge(response) : null
    if (challenge?.error !== 'insufficient_scope') return null
    await response.body?.cancel()
    return challenge
  }
  const authorized: FetchLike = async (url, init) => {
    if (new URL(url).origin !== serverUrl.origin) return await fetch(url, init)
    const within = async <T>(work: Promise<T>) =>
      init?.signal ? await withSignal(work, init.signal) : await work
    const sendFresh = async (token: string): Promise<Response> => {
      const response = await send(url, init, token)
      if (response.status !== 401) return response
      await response.body?.cancel()
      throw await authorizer.refusedAgain(token)
    }
    let token = await within(authorizer.token())
    let response = await send(url, init, token)
    if (response.status === 401) {
      await response.body?.cancel()
      const renewed = await within(authorizer.renew(readChallenge(response), token))
      response = await sendFresh(renewed)
      token = renewed
    }
    const challenge = await missingIn(response)
    if (challenge === null) return response
    response = await sendFresh(await within(authorizer.missing(challenge, token)))
    const still = await missingIn(response)
    if (still === null) return response
    const scope = still.scope === null ? {} : { scope: still.scope }
    throw new AppError('auth_required', { ...scope, reason: 'still_missing' })
  }
  return async (url, init) => {
    try {
      return await authorized(url, init)
    } catch (error) {
      if (error instanceof AppError) onRefusal(error)
      throw error
    }
  }
}
