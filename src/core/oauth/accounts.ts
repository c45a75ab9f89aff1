import type { AccountEvent, AccountView, SignInEvent } from '../../shared/domain/account.ts'
import { AppError } from '../../shared/domain/errors.ts'
import type { AccountId, SecretName, ServerId } from '../../shared/domain/ids.ts'
import { qualifiedName } from '../../shared/domain/server-name.ts'
import type { ServerRegistry } from '../servers/server-registry.ts'
import { recordOfSignIn } from './account-record.ts'
import { type AccountStore, accountOf } from './account-store.ts'
import { AccountUsers } from './account-users.ts'
import { askChallenge } from './ask-challenge.ts'
import type { RequestAuthorizer } from './authorized-fetch.ts'
import type { Challenge } from './challenge.ts'
import { discover } from './discover.ts'
import { createGuardedFetch, type GuardedFetchOptions } from './guarded-fetch.ts'
import { createServerAuthorizer } from './server-authorizer.ts'
import {
  accountFor,
  optionsOf,
  preRegisteredClient,
  type ServerIdentity,
} from './server-identity.ts'
import { type SignedIn, SignIn, type SignInRequest, type SignInServices } from './sign-in.ts'
import { signInAsClient } from './sign-in-as-client.ts'
import { signInError } from './sign-in-error.ts'
import { TokenKeeper } from './token-keeper.ts'

/** What the accounts need of their surroundings. */
export interface AccountsOptions {
  readonly store: AccountStore
  readonly registry: Pick<ServerRegistry, 'list' | 'onDidChange'>
  readonly readSecret: (name: SecretName) => Promise<string | null>
  /** Notes at which authorization server a client that was registered by hand has signed in. */
  readonly rememberIssuer: (id: ServerId, issuer: string) => Promise<void>
  /** Where this program publishes a client metadata document; null: nowhere. */
  readonly metadataUrl: () => string | null
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
  /** Told of each secret before it is used. */
  readonly onSecret: (name: string, value: string) => void
  /** Told what went wrong while everything went on. */
  readonly onWarning: (text: string, error: unknown) => void
  /** How long a person may take to sign in, in milliseconds. */
  readonly personMs: number
  readonly fetch?: GuardedFetchOptions | undefined
}

/** Where the events of a sign-in go. */
export interface SignInSink {
  readonly push: (event: SignInEvent) => void
  /** Called once, at the end. */
  readonly end: (error?: unknown) => void
}

/** Who is signed in at which remote server: signs in and out, and gives the servers' requests their tokens. */
export class Accounts {
  readonly #options: AccountsOptions
  readonly #keeper: TokenKeeper
  readonly #users: AccountUsers
  readonly #closed = new AbortController()
  /** What each server said when it refused last, by its address and label. */
  readonly #challenges = new Map<string, Challenge>()
  /** The sign-ins that wait for a person. */
  readonly #running = new Map<ServerId, { readonly signIn: SignIn; readonly cancel: () => void }>()
  readonly #repeats = new Map<AccountId, number>()
  readonly #asClient = new Map<string, Promise<AccountId>>()

  constructor(options: AccountsOptions) {
    this.#options = options
    this.#users = new AccountUsers(options.registry)
    this.#keeper = new TokenKeeper({
      store: options.store,
      fetchFor: (serverUrl) => createGuardedFetch(serverUrl, options.fetch),
      now: options.now,
      onSecret: options.onSecret,
      onWarning: options.onWarning,
      signal: this.#closed.signal,
    })
  }

  list(): readonly AccountView[] {
    return this.#options.store.list().map((record) => this.#users.viewOf(accountOf(record)))
  }

  /** Told of each change. The answer ends it. */
  onDidChange(listener: (event: AccountEvent) => void): () => void {
    const stops = [
      this.#options.store.onDidChange((change) => {
        if (change.type === 'removed') listener(change)
        else listener({ type: 'changed', account: this.#users.viewOf(change.account) })
      }),
      this.#users.onDidChange(() => {
        for (const account of this.list()) listener({ type: 'changed', account })
      }),
    ]
    return () => stops.forEach((stop) => stop())
  }

  /** The account that a server uses; null: nobody is signed in. */
  accountOf(server: ServerIdentity): AccountView | null {
    const record = accountFor(this.#options.store, server)
    return record === undefined ? null : this.#users.viewOf(accountOf(record))
  }

  /** What gives the requests of a server their token. */
  authorizerFor(server: ServerIdentity): RequestAuthorizer {
    this.#users.note(server)
    return createServerAuthorizer(server, {
      store: this.#options.store,
      keeper: this.#keeper,
      repeats: this.#repeats,
      onChallenge: (from, challenge) => this.#challenges.set(keyOf(from), challenge),
      discover: async ({ url }, challenge) =>
        await discover(url, challenge, this.#services(url).fetch, this.#closed.signal),
      signInAsClient: async (from, challenge) => await this.#signInAsClient(from, challenge),
    })
  }

  /**
   * Signs in to a server; a sign-in of the same one that waits for its person is ended. A failure ends the events with
   * `sign_in_failed`, or the vault's errors.
   * @returns ends it before its end.
   */
  signIn(server: ServerIdentity, sink: SignInSink): () => void {
    const cancel = new AbortController()
    const end = () => cancel.abort(new AppError('call_cancelled'))
    this.#run(server, sink.push, { signal: cancel.signal, end }).then(
      () => sink.end(),
      (error: unknown) => sink.end(error),
    )
    return end
  }

  /**
   * Takes the answer that a person copied out of the browser.
   * @throws AppError `sign_in_failed` or `invalid_input`; the sign-in goes on waiting.
   */
  paste(id: ServerId, text: string): void {
    const running = this.#running.get(id)
    if (running === undefined) throw signInError('bad_response')
    running.signIn.paste(text)
  }

  /**
   * Has the tokens of an account revoked, and forgets it. Answers whether the server revoked them.
   * @throws AppError `invalid_input` where there is no such account, or the vault's errors.
   */
  async signOut(id: AccountId): Promise<boolean> {
    if (this.#options.store.get(id) === undefined) {
      throw new AppError('invalid_input', { reason: 'There is no such account.' })
    }
    this.#repeats.delete(id)
    return await this.#keeper.signOut(id)
  }

  /** Forgets an account without a word to its server. Throws the vault's errors. */
  async forget(id: AccountId): Promise<void> {
    await this.#keeper.forget(id)
  }

  /** Ends all that is under way. */
  close(): void {
    this.#closed.abort(new AppError('call_cancelled'))
  }

  async #run(
    server: ServerIdentity,
    push: (event: SignInEvent) => void,
    cancel: { readonly signal: AbortSignal; readonly end: () => void },
  ): Promise<void> {
    const signal = AbortSignal.any([cancel.signal, this.#closed.signal])
    const { id } = server.definition
    this.#users.note(server)
    const known = this.#challenges.get(keyOf(server))
    const challenge = known ?? (await askChallenge(server.url, signal))
    const request = await this.#requestFor(server, challenge)
    let accountId: AccountId
    if (request.options.grant === 'client_credentials') {
      accountId = await this.#signInAsClient(server, challenge)
    } else {
      const signIn = new SignIn(request, this.#services(server.url), push)
      // Two pages of the same sign-in: the person looks at the newer one.
      this.#running.get(id)?.cancel()
      this.#running.set(id, { signIn, cancel: cancel.end })
      try {
        accountId = await this.#keep(server, await signIn.run(signal))
      } finally {
        if (this.#running.get(id)?.signIn === signIn) this.#running.delete(id)
      }
    }
    this.#challenges.delete(keyOf(server))
    const record = this.#options.store.get(accountId)
    if (record !== undefined) push({ type: 'signed_in', account: accountOf(record) })
  }

  /** Requests that come together share one. */
  #signInAsClient(server: ServerIdentity, challenge: Challenge): Promise<AccountId> {
    const key = keyOf(server)
    const running = this.#asClient.get(key)
    if (running !== undefined) return running
    const started = (async () => {
      const request = await this.#requestFor(server, challenge)
      const services = this.#services(server.url)
      return await this.#keep(server, await signInAsClient(request, services, this.#closed.signal))
    })().finally(() => this.#asClient.delete(key))
    this.#asClient.set(key, started)
    return started
  }

  async #requestFor(server: ServerIdentity, challenge: Challenge): Promise<SignInRequest> {
    const { store, readSecret } = this.#options
    const options = optionsOf(server.definition)
    const held = accountFor(store, server)
    return {
      serverUrl: server.url,
      serverName: qualifiedName(server.definition),
      options,
      preRegistered: await preRegisteredClient(options, readSecret),
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

  #services(serverUrl: URL): SignInServices {
    const { store, metadataUrl, onSecret, now, personMs, fetch } = this.#options
    return {
      fetch: createGuardedFetch(serverUrl, fetch),
      clients: {
        read: async (issuer) => await store.readClient(issuer),
        write: async (issuer, client) => await store.writeClient(issuer, client),
        delete: async (issuer) => await store.deleteClient(issuer),
      },
      metadataUrl: metadataUrl(),
      onSecret,
      now,
      personMs,
    }
  }
}

function keyOf({ definition, address }: ServerIdentity): string {
  return JSON.stringify([address, optionsOf(definition).account])
}
