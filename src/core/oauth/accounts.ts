import type { AccountEvent, AccountView, SignInEvent } from '../../shared/domain/account.ts'
import { AppError } from '../../shared/domain/errors.ts'
import type { AccountId, ServerId } from '../../shared/domain/ids.ts'
import type { ServerRegistry } from '../servers/server-registry.ts'
import { accountOf } from './account-store.ts'
import { AccountUsers } from './account-users.ts'
import type { RequestAuthorizer } from './authorized-fetch.ts'
import { discover } from './discover.ts'
import { createGuardedFetch } from './guarded-fetch.ts'
import { createServerAuthorizer } from './server-authorizer.ts'
import { accountFor, type ServerIdentity } from './server-identity.ts'
import { SignIns, type SignInsOptions } from './sign-ins.ts'
import { TokenKeeper } from './token-keeper.ts'

/** What the accounts need of their surroundings. */
export interface AccountsOptions extends SignInsOptions {
  readonly registry: Pick<ServerRegistry, 'list' | 'onDidChange'>
  /** Told what went wrong while everything went on. */
  readonly onWarning: (text: string, error: unknown) => void
  /** Aborts when the end of the program has to come at once. */
  readonly hurry: AbortSignal
}

/** How long a renewal that is under way may hold up the end of the program, in milliseconds. */
const renewalGraceMs = 5_000

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
  readonly #signIns: SignIns
  readonly #users: AccountUsers
  readonly #closed = new AbortController()
  readonly #ended = new AbortController()
  readonly #repeats = new Map<AccountId, number>()

  constructor(options: AccountsOptions) {
    const { signal } = this.#closed
    this.#options = options
    this.#users = new AccountUsers(options.registry)
    this.#keeper = new TokenKeeper({
      ...options,
      fetchFor: (serverUrl) => createGuardedFetch(serverUrl, options.fetch),
      closing: signal,
      signal: AbortSignal.any([this.#ended.signal, options.hurry]),
    })
    this.#signIns = new SignIns(options, this.#keeper, signal)
    const { registry } = options
    registry.onDidChange(() => this.#signIns.keepOnly(new Set(registry.list().map(({ id }) => id))))
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
    const signIns = this.#signIns
    return createServerAuthorizer(server, {
      store: this.#options.store,
      keeper: this.#keeper,
      repeats: this.#repeats,
      onChallenge: (from, challenge) => signIns.noteChallenge(from, challenge),
      discover: async (from, challenge) =>
        await discover(from, challenge, signIns.services(from.url).fetch, this.#closed.signal),
      preRegistered: async (from) => await signIns.preRegistered(from),
      signInAsClient: async (from, challenge) => await signIns.asClient(from, challenge),
    })
  }

  /**
   * Signs in to a server; a sign-in of the same one that waits for its person is ended. A failure ends the events with
   * `sign_in_failed`, or the vault's errors.
   * @returns ends it before its end.
   */
  signIn(server: ServerIdentity, sink: SignInSink): () => void {
    this.#users.note(server)
    const cancel = new AbortController()
    const end = () => cancel.abort(new AppError('call_cancelled'))
    this.#signIns.run(server, sink.push, { signal: cancel.signal, end }).then(
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
    this.#signIns.paste(id, text)
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

  /** Ends all that is under way, but waits a while for renewals: a server may have spent their refresh tokens already. */
  async close(): Promise<void> {
    this.#closed.abort(new AppError('call_cancelled'))
    const timer = setTimeout(() => {
      this.#ended.abort(new AppError('call_cancelled'))
    }, renewalGraceMs)
    await this.#keeper.settled()
    clearTimeout(timer)
  }
}
