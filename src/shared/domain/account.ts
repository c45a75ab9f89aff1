import * as z from 'zod'
import { errorInfoSchema } from './errors.ts'
import { accountIdSchema, serverIdSchema } from './ids.ts'
import { oauthGrantSchema } from './oauth.ts'

/** What is known of a sign-in at a remote server, without any token. */
export const accountSchema = z.object({
  id: accountIdSchema,
  /** Tells two accounts at the same server apart; empty where there is one only. */
  label: z.string(),
  /** The server's address, without query and fragment; what is a secret in it is a reference. Tokens are sent to no other one. */
  serverUrl: z.string(),
  /** The resource indicator of the tokens (RFC 8707); its origin alone where the server's address holds a secret. */
  resource: z.string(),
  /** The authorization server that issued them. */
  issuer: z.string(),
  clientId: z.string(),
  grant: oauthGrantSchema,
  /** The scopes that were granted, parted by spaces; null where nobody said. */
  scope: z.string().nullable(),
  /** Milliseconds since the Unix epoch. */
  signedInAt: z.number(),
  /** When the tokens were issued. */
  issuedAt: z.number(),
  /** When the access token expires; null where the server did not say. */
  expiresAt: z.number().nullable(),
  /** Whether new tokens can be had without a person. */
  isRenewable: z.boolean(),
  /** Why a person has to sign in again; null: nobody has to. */
  problem: errorInfoSchema.nullable(),
})
export type Account = z.infer<typeof accountSchema>

/** An account with the servers that use it, by name. */
export const accountViewSchema = accountSchema.extend({
  usedBy: z.array(z.object({ id: serverIdSchema, name: z.string() })),
})
export type AccountView = z.infer<typeof accountViewSchema>

/** An event of `accounts.watch`. The first batch is one `changed` per account and then `ready`; later ones are live. */
export const accountEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('changed'), account: accountViewSchema }),
  z.object({ type: z.literal('removed'), id: accountIdSchema }),
  z.object({ type: z.literal('ready') }),
])
export type AccountEvent = z.infer<typeof accountEventSchema>

/** Where a sign-in is: looking for the authorization server, making the client known, waiting for the person, or fetching the tokens. */
export const signInStepSchema = z.enum(['discover', 'register', 'authorize', 'exchange'])
export type SignInStep = z.infer<typeof signInStepSchema>

/** What happens during a sign-in. The last event is `signed_in`; a failure ends the stream. */
export const signInEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('step'), step: signInStepSchema }),
  /** The page on which the person signs in, to be opened by whoever asked. Its answer is awaited at `redirectUri` of the host's machine; from elsewhere it can be pasted. */
  z.object({
    type: z.literal('authorize'),
    url: z.url({ protocol: /^https?$/ }),
    redirectUri: z.string(),
    issuer: z.string(),
    scope: z.string().nullable(),
  }),
  z.object({ type: z.literal('signed_in'), account: accountSchema }),
])
export type SignInEvent = z.infer<typeof signInEventSchema>
