import { parseChallenges } from './parse-challenges.ts'

/** What a server says with its refusal (RFC 6750 section 3, RFC 9728 section 5.1). All of it is the server's own words. */
export interface Challenge {
  readonly resourceMetadataUrl: URL | null
  /** The scopes that the request needs, parted by spaces. */
  readonly scope: string | null
  readonly error: string | null
}

/** Of a server that was not asked yet. */
export const noChallenge: Challenge = { resourceMetadataUrl: null, scope: null, error: null }

/** Longest text of scopes that is kept: it is stored, shown, and becomes a part of an address. */
export const maxScopeLength = 4_000

/** Reads the `WWW-Authenticate` of an answer, also where it offers other schemes beside. Pure. */
export function readChallenge(response: Pick<Response, 'headers'>): Challenge {
  const challenges = parseChallenges(response.headers.get('www-authenticate') ?? '')
  // DPoP's challenge names the same places, and none of its tokens is asked for.
  const own = ['bearer', 'dpop'].flatMap((scheme) =>
    challenges.filter((challenge) => challenge.scheme === scheme),
  )
  const first = (name: string): string | null =>
    own.map(({ params }) => params.get(name)).find((value) => Boolean(value)) ?? null
  return {
    resourceMetadataUrl: URL.parse(first('resource_metadata') ?? ''),
    scope: plainScope(first('scope')),
    error: first('error'),
  }
}

/** The scopes that are such (RFC 6749 section 3.3); null for none, and for more than anybody can mean. */
function plainScope(scope: string | null): string | null {
  if (scope === null || scope.length > maxScopeLength) return null
  const tokens = scope.split(/\s+/).filter((token) => /^[!#-[\]-~]+$/.test(token))
  return tokens.length === 0 ? null : tokens.join(' ')
}
