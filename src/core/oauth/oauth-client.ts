import { isStrictScopeSuperset } from '@modelcontextprotocol/client'
import * as z from 'zod'
import type { AuthorizationServer } from './authorization-server.ts'

/** This program as one authorization server knows it. */
export const oauthClientSchema = z.object({
  clientId: z.string(),
  clientSecret: z.string().nullable(),
  /** How it shows who it is at the token endpoint, where the registration says so. */
  authMethod: z.string().nullable(),
  /** The redirect address that was registered; null: any on loopback, or none is needed. */
  redirectUri: z.string().nullable(),
  /** The scopes that were registered, which some servers hold it to; null: none were named. */
  scope: z.string().nullable(),
})
export type OauthClient = z.infer<typeof oauthClientSchema>

/** How this program makes itself known to an authorization server. */
export type ClientIdentity =
  | { readonly kind: 'known'; readonly client: OauthClient }
  | { readonly kind: 'register' }
  | { readonly kind: 'none' }

/** What there is to choose from. */
export interface ClientChoices {
  /** Registered by hand, as the definition says. */
  readonly preRegistered: OauthClient | null
  /** Registered here by an earlier sign-in at the same issuer. */
  readonly stored: OauthClient | null
  /** Where this program publishes a client metadata document; null: nowhere. */
  readonly metadataUrl: string | null
  readonly authorizationServer: AuthorizationServer
  /** The scopes that will be asked for. */
  readonly scope: string | null
}

/**
 * Chooses the identity in the order of the specification: registered by hand, a client metadata document where the server
 * takes those, registration by itself, and else none: a person has to register one. Pure.
 */
export function chooseIdentity(choices: ClientChoices): ClientIdentity {
  const { preRegistered, stored, metadataUrl, authorizationServer, scope } = choices
  if (preRegistered !== null) return { kind: 'known', client: preRegistered }
  const takesDocuments = authorizationServer.client_id_metadata_document_supported === true
  if (metadataUrl !== null && takesDocuments) {
    const client = { clientId: metadataUrl, clientSecret: null, authMethod: 'none' } as const
    return { kind: 'known', client: { ...client, redirectUri: null, scope: null } }
  }
  const isEnough =
    stored !== null &&
    (stored.scope === null || !isStrictScopeSuperset(scope ?? undefined, stored.scope))
  if (isEnough) return { kind: 'known', client: stored }
  if (authorizationServer.registration_endpoint !== undefined) return { kind: 'register' }
  return stored === null ? { kind: 'none' } : { kind: 'known', client: stored }
}
