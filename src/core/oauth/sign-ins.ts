import type { SignInEvent } from '../../shared/domain/account.ts'
import type { AccountId, SecretName, ServerId } from '../../shared/domain/ids.ts'
import { qualifiedName } from '../../shared/domain/server-name.ts'
import { recordOfSignIn } from './account-record.ts'
import { type AccountStore, accountOf } from './account-store.ts'
import { askChallenge } from './ask-challenge.ts'
import type { Challenge } from './challenge.ts'
import { createGuardedFetch, type GuardedFetchOptions } from './guarded-fetch.ts'
import type { OauthClient } from './oauth-client.ts'
import {
  accountFor,
  optionsOf,
  preRegisteredClient,
  type ServerIdentity,
} from './server-identity.ts'
import { type SignedIn, SignIn, type SignInRequest, type SignInServices } from './sign-in.ts'
import { signInAsClient } from './sign-in-as-client.ts'
import { signInError } from './sign-in-error.ts'
import type { TokenKeeper } from './token-keeper.ts'

/** What sign-ins need of their surroundings. */
export interface SignInsOptions {
  readonly store: AccountStore
  readonly readSecret: (name: SecretName) => Promise<string | null>
  /** Notes at which authorization server a client that was registered by hand has signed in. */
  readonly rememberIssuer: (id: ServerId, issuer: string) => Promise<void>
  /** Where this program publishes a client metadata document; null: nowhere. */
  readonly metadataUrl: () => string | null
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
  /** Told of each secret before it is used. */
  readonly onSecret: (name: string, value: string) => void
  /** How long a person may take to sign in, in milliseconds. */
  readonly personMs: number
  readonly fetch?: GuardedFetchOptions | undefined
}

/** The sign-ins that are under way, a person's and a client's own. What comes of them goes to the keeper of tokens. */
export class SignIns {
  readonly #options: SignInsOptions
  readonly #keeper: Pick<TokenKeeper, 'keep'>
  /** Ends all that is under way. */
  readonly #closed: AbortSignal
  /** What each server said when it refused last, by its address and label. */
  readonly #challenges = new Map<string, Challenge>()
  /** Those that wait for a person. */
  readonly #waiting = new Map<ServerId, { readonly signIn: SignIn; readonly end: () => void }>()
  readonly #asClient = new Map<string, Promise<AccountId>>()

  constructor(options: SignInsOptions, keeper: Pick<TokenKeeper, 'keep'>, closed: AbortSignal) {
    this.#options = options
    this.#keeper = keeper
    this.#closed = closed
  }

  /** Notes what a server said when it refused, for the next sign-in. */
  noteChallenge(server: ServerIdentity, challenge: Challenge): void {
    this.#challenges.set(keyOf(server), challenge)
  }

  /**
   * Signs in to a server; a sign-in of the same one that waits for its person is ended.
   * @throws AppError `sign_in_failed`, or the vault's errors.
   */
  async run(
    server: ServerIdentity,
    push: (event: SignInEvent) => void,
    cancel: { readonly signal: AbortSignal; readonly end: () => void },
  ): Promise<void> {
    const signal = AbortSignal.any([cancel.signal, this.#closed])
    const known = this.#challenges.get(keyOf(server))
    const challenge = known ?? (await askChallenge(server.url, signal))
    const isUnattended = optionsOf(server.definition).grant === 'client_credentials'
    const accountId = isUnattended
      ? await this.asClient(server, challenge)
      : await this.#byPerson(server, challenge, push, { signal, end: cancel.end })
    this.#challenges.delete(keyOf(server))
    const record = this.#options.store.get(accountId)
    if (record !== undefined) push({ type: 'signed_in', account: accountOf(record) })
  }

  /**
   * Takes the answer that a person copied out of the browser.
   * @throws AppError `sign_in_failed` or `invalid_input`; the sign-in goes on waiting.
   */
  paste(id: ServerId, text: string): void {
    const waiting = this.#waiting.get(id)
    if (waiting === undefined) throw signInError('bad_response')
    waiting.signIn.paste(text)
  }

  /** Ends the sign-ins to servers that are there no more: nobody would use what comes of them. */
  keepOnly(ids: ReadonlySet<ServerId>): void {
    for (const [id, { end }] of this.#waiting) if (!ids.has(id)) end()
  }

  /** Signs in as a client that stands for itself. Requests that come together share one. Throws as `signInAsClient`. */
  asClient(server: ServerIdentity, challenge: Challenge): Promise<AccountId> {
    const key = keyOf(server)
    const running = this.#asClient.get(key)
    if (running !== undefined) return running
    const started = (async () => {
      const request = await this.#requestFor(server, challenge)
      const services = this.services(server.url)
      return await this.#keep(server, await signInAsClient(request, services, this.#closed))
    })().finally(() => this.#asClient.delete(key))
    this.#asClient.set(key, started)
    return started
  }

  /** The client of a server that was registered by hand; null: none. Throws `secret_missing`, or the vault's errors. */
  async preRegistered({ definition }: ServerIdentity): Promise<OauthClient | null> {
    return await preRegisteredClient(optionsOf(definition), this.#options.readSecret)
  }

  /** What one sign-in to a server works with. */
  services(serverUrl: URL): SignInServices {
    const { store, metadataUrl, onSecret, now, personMs, fetch } = this.#options
    return {
      fetch: createGuardedFetch(serverUrl, fetch),
      clients: {
        read: async (issuer) => await store.readClient(issuer),
        write: async (issuer, client) => await store.writeClient(issuer, client),
        delete: async (issuer, clientId) => await store.deleteClient(issuer, clientId),
      },
      metadataUrl: metadataUrl(),
      onSecret,
      now,
      personMs,
    }
  }

  async #byPerson(
    server: ServerIdentity,
    challenge: Challenge,
    push: (event: SignInEvent) => void,
    { signal, end }: { readonly signal: AbortSignal; readonly end: () => void },
  ): Promise<AccountId> {
    const { id } = server.definition
    const request = await this.#requestFor(server, challenge)
    const signIn = new SignIn(request, this.services(server.url), push)
    // Two pages of the same sign-in: the person looks at the newer one.
    this.#waiting.get(id)?.end()
    this.#waiting.set(id, { signIn, end })
    try {
      return await this.#keep(server, await signIn.run(signal))
    } finally {
      if (this.#waiting.get(id)?.signIn === signIn) this.#waiting.delete(id)
    }
  }

  async #requestFor(server: ServerIdentity, challenge: Challenge): Promise<SignInRequest> {
    const held = accountFor(this.#options.store, server)
    return {
      server,
      serverName: qualifiedName(server.definition),
      options: optionsOf(server.definition),
      preRegistered: await this.preRegistered(server),
      challenge,
      heldScopes: held === undefined ? [] : [held.askedScope, held.missingScope],
    }
  }

  async #keep(server: ServerIdentity, signedIn: SignedIn): Promise<AccountId> {
    const record = recordOfSignIn(server, signedIn, this.#options.now())
    const { client, tokens } = signedIn
    const { resource } = signedIn.discovery
    await this.#keeper.keep(record, { client, tokens, resource })
    const { clientId, issuer } = optionsOf(server.definition)
    if (clientId !== null && issuer === null) {
      await this.#options.rememberIssuer(server.definition.id, record.issuer)
    }
    return record.id
  }
}

function keyOf({ definition, address }: ServerIdentity): string {
  return JSON.stringify([address, optionsOf(definition).account])
}
