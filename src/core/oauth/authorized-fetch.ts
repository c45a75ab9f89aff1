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
  readonly refusedAgain: () => Promise<AppError>
  /** The error for a request that needs scopes which the token does not have. */
  readonly missing: (challenge: Challenge) => Promise<AppError>
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
  const checkScope = async (response: Response): Promise<Response> => {
    if (response.ok) await authorizer.accepted()
    if (response.status !== 403) return response
    const challenge = readChallenge(response)
    if (challenge.error !== 'insufficient_scope') return response
    await response.body?.cancel()
    throw await authorizer.missing(challenge)
  }
  const authorized: FetchLike = async (url, init) => {
    if (new URL(url).origin !== serverUrl.origin) return await fetch(url, init)
    const within = async <T>(work: Promise<T>) =>
      init?.signal ? await withSignal(work, init.signal) : await work
    const token = await within(authorizer.token())
    const response = await send(url, init, token)
    if (response.status !== 401) return await checkScope(response)
    await response.body?.cancel()
    const renewed = await within(authorizer.renew(readChallenge(response), token))
    const again = await send(url, init, renewed)
    if (again.status !== 401) return await checkScope(again)
    await again.body?.cancel()
    throw await authorizer.refusedAgain()
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
