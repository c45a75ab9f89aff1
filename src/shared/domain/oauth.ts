import * as z from 'zod'

/** How a server's tokens are got: by a person who signs in, or by the client's own credentials on a host that nobody attends. */
export const oauthGrantSchema = z.enum(['authorization_code', 'client_credentials'])

/**
 * The address of a client metadata document, which is the client's id: https, with a path, without dot segments, fragment and
 * credentials (draft-ietf-oauth-client-id-metadata-document section 3). Ids are compared as texts, so the host is in lower case.
 */
export const clientMetadataUrlSchema = z
  .url({ protocol: /^https$/ })
  .max(2_048)
  .regex(/^https:\/\/[a-z0-9.:[\]-]+\/[^\s#?\\][^\s#\\]*$/)
  .refine((text) => !/\/(?:\.|%2e){1,2}(?:[/?]|$)/i.test(text))

/** What a person states about signing in to a remote server. Without it everything is found out, and the client is registered by itself. */
export const oauthOptionsSchema = z.object({
  grant: oauthGrantSchema,
  /** The client that was registered for this program by hand; null: none. */
  clientId: z.string().min(1).nullable(),
  /** A reference `secret://name` to its secret; null for a public client. */
  clientSecret: z
    .string()
    .regex(/^secret:\/\/[a-z0-9][a-z0-9._-]{0,127}$/)
    .nullable(),
  /** The authorization server at which that client has signed in, and to which alone its secret goes; null: not yet. */
  issuer: z.string().nullable(),
  /** The port of the redirect address, where the client was registered with one; null: any free one. */
  callbackPort: z.number().int().min(1).max(65_535).nullable(),
  /** Scopes to ask for, in place of those that the server names. */
  scopes: z.array(z.string().min(1)).nullable(),
  /** Tells two accounts at the same server apart; empty where there is one only. */
  account: z.string().max(64),
})
export type OauthOptions = z.infer<typeof oauthOptionsSchema>

/** What holds where a person states nothing. */
export const defaultOauthOptions: OauthOptions = {
  grant: 'authorization_code',
  clientId: null,
  clientSecret: null,
  issuer: null,
  callbackPort: null,
  scopes: null,
  account: '',
}
