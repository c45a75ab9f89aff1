import * as z from 'zod'
import { accountEventSchema, accountViewSchema, signInEventSchema } from '../domain/account.ts'
import { accountIdSchema, serverIdSchema } from '../domain/ids.ts'
import { oauthOptionsSchema } from '../domain/oauth.ts'
import { serverViewSchema } from '../domain/server-view.ts'
import { base } from './base.ts'
import { streamOf } from './streams.ts'

const ofServer = z.object({ serverId: serverIdSchema })

/** What a person states about signing in to a server: only what is given changes. The secret goes to the vault; an empty one is removed from it. */
export const oauthPatchSchema = oauthOptionsSchema
  .omit({ clientSecret: true, issuer: true })
  .extend({ clientSecretValue: z.string() })
  .partial()
export type OauthPatch = z.infer<typeof oauthPatchSchema>

/** Who is signed in at which remote server. No token ever crosses the contract. */
export const accountsContract = {
  list: base.output(z.array(accountViewSchema)),
  watch: base.output(streamOf(accountEventSchema)),
  /** The account that a server uses; null: nobody is signed in. */
  get: base.input(ofServer).output(accountViewSchema.nullable()),
  /**
   * Signs in to a server. The caller opens the address of the event `authorize` for the person; the rest is awaited. Ending
   * the stream early ends the sign-in. Then the servers that waited for it start.
   */
  signIn: base.input(ofServer).output(streamOf(signInEventSchema)),
  /** Gives the running sign-in the answer that a person copied out of a browser elsewhere. A wrong one fails, and the sign-in goes on waiting. */
  paste: base.input(ofServer.extend({ text: z.string().max(16_384) })).output(z.void()),
  /** Has the tokens revoked and forgets them. `revoked` is false where the authorization server did not. */
  signOut: base.input(z.object({ id: accountIdSchema })).output(z.object({ revoked: z.boolean() })),
  /** States how to sign in to a server. */
  setOptions: base.input(ofServer.extend({ patch: oauthPatchSchema })).output(serverViewSchema),
}
