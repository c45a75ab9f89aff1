import { extractWWWAuthenticateParams } from '@modelcontextprotocol/client'

/** What a server says with its refusal (RFC 6750 section 3, RFC 9728 section 5.1). All of it is the server's own words. */
export interface Challenge {
  readonly resourceMetadataUrl: URL | null
  /** The scopes that the request needs, parted by spaces. */
  readonly scope: string | null
  readonly error: string | null
}

/** Of a server that was not asked yet. */
export const noChallenge: Challenge = { resourceMetadataUrl: null, scope: null, error: null }

/** Reads the `WWW-Authenticate` of an answer. Pure. */
export function readChallenge(response: Response): Challenge {
  const { resourceMetadataUrl, scope, error } = extractWWWAuthenticateParams(response)
  return {
    resourceMetadataUrl: resourceMetadataUrl ?? null,
    scope: scope ?? null,
    error: error ?? null,
  }
}
