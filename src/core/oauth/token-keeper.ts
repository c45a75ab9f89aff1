import { AppError } from '../../shared/domain/errors.ts'
import type { AccountId } from '../../shared/domain/ids.ts'
import { type BackoffPolicy, backoffMs } from '../../shared/lib/backoff.ts'
import type { AccountRecord, AccountStore, Credentials } from './account-store.ts'
import type { GuardedFetch } from './guarded-fetch.ts'
import { HeldCredentials } from './held-credentials.ts'
import { signInError } from './sign-in-error.ts'
import { meaningOfRefusal, planToken } from './token-plan.ts'
import {
  clientCredentialsGrant,
  requestTokens,
  revokeToken,
  type TokenParties,
  type Tokens,
} from './token-request.ts'

/** What a keeper needs of its surroundings. */
export interface KeeperServices {
  readonly store: AccountStore
  readonly fetchFor: (serverUrl: URL) => GuardedFetch
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
  /** Told of each token before anybody gets it, so that it is redacted everywhere. */
  readonly onSecret: (name: string, value: string) => void
  /** Told what went wrong while everything went on. */
  readonly onWarning: (text: string, error: unknown) => void
  /** Ends requests that are under way. */
  readonly signal: AbortSignal
}

/** How old a token has to be before another one is asked for, where the server refuses all that it is sent, in milliseconds. */
const minRenewalMs = 60_000
const retry: BackoffPolicy = { baseMs: 1_000, capMs: 60_000, jitter: 0.2 }

/**
 * The one writer of each account's tokens. It renews them ahead of their expiry, however many callers want one at once with
 * one request, and stores what it got before anybody uses it. No other process writes them: only the holder of the data
 * directory's lock has a core, and with it a keeper (see docs/architecture.md).
 */
export class TokenKeeper {
  readonly #services: KeeperServices
  readonly #held: HeldCredentials
  readonly #renewals = new Map<AccountId, Promise<Tokens>>()
  /** The last thing that changes an account's tokens: renewals, sign-ins and sign-outs come one after the other. */
  readonly #turns = new Map<AccountId, Promise<unknown>>()
  readonly #failures = new Map<AccountId, { readonly times: number; readonly retryAt: number }>()
  /** Accounts whose newest tokens the vault did not take: it is tried again whenever one is wanted. */
  readonly #unsaved = new Set<AccountId>()

  constructor(services: KeeperServices) {
    this.#services = services
    this.#held = new HeldCredentials(services.store, services.onSecret)
  }

  /**
   * An access token that serves now.
   * @throws AppError `auth_required` where a person has to sign in, `unreachable` where the authorization server cannot be
   * asked now, or the vault's errors.
   */
  async accessToken(id: AccountId): Promise<string> {
    const { tokens } = await this.#held.get(id)
    if (this.#unsaved.has(id)) await this.#inTurn(id, () => this.#save(id))
    // Taken after all waits, so that callers that come together find the same.
    const record = this.#record(id)
    const plan = planToken(
      {
        tokens,
        isRenewable: record.isRenewable,
        isRenewalOpen: !this.#renewals.has(id) && isRenewalOpen(record, tokens),
        retryAt: this.#failures.get(id)?.retryAt ?? 0,
      },
      this.#services.now(),
    )
    switch (plan) {
      case 'use':
        return tokens.accessToken
      case 'renew_ahead':
        try {
          return (await this.#renew(id, tokens)).accessToken
        } catch (error) {
          this.#services.onWarning('a sign-in was not renewed ahead of its expiry', error)
          return tokens.accessToken
        }
      case 'renew':
        return (await this.#renew(id, tokens)).accessToken
      case 'wait':
        throw notNow(record)
      case 'expired':
        throw new AppError('auth_required', record.problem?.data ?? { reason: 'expired' })
    }
  }

  /**
   * A token in place of one that the server refused: that of a renewal, or the one that another caller got meanwhile.
   * @throws as `accessToken`.
   */
  async renewRefused(id: AccountId, refused: string): Promise<string> {
    const { tokens } = await this.#held.get(id)
    if (tokens.accessToken !== refused) return tokens.accessToken
    const record = this.#record(id)
    const { now } = this.#services
    const isYoung = record.problem !== null && now() < tokens.issuedAt + minRenewalMs
    if (!record.isRenewable || isYoung) throw await this.#needsSignIn(id, 'refused_token')
    if (now() < (this.#failures.get(id)?.retryAt ?? 0)) throw notNow(record)
    return (await this.#renew(id, tokens)).accessToken
  }

  /**
   * Notes that the server does not take a token that was just issued, and answers with the error that says so. The tokens
   * stay: it may be the server that is broken.
   */
  async noteRefused(id: AccountId): Promise<AppError> {
    return await this.#needsSignIn(id, 'refused_token')
  }

  /** Notes that the server took a token: it was the server that was broken. */
  async noteAccepted(id: AccountId): Promise<void> {
    const reason = this.#services.store.get(id)?.problem?.data['reason']
    if (reason === 'refused_token') await this.#services.store.update(id, { problem: null })
  }

  /** Takes the outcome of a sign-in: first the secrets, then the account. Throws the vault's errors, or `state_read_only`. */
  async keep(record: AccountRecord, credentials: Credentials): Promise<void> {
    const { store } = this.#services
    const { id } = record
    this.#held.announce(id, credentials)
    const before = store.find(record.serverUrl, record.label)
    await this.#inTurn(id, async () => {
      await store.writeCredentials(id, credentials)
      this.#held.set(id, credentials)
      this.#failures.delete(id)
      this.#unsaved.delete(id)
      await store.put(record)
    })
    if (before === undefined || before.id === id) return
    await this.#inTurn(before.id, async () => {
      this.#drop(before.id)
      await store.deleteCredentials(before.id)
    })
  }

  /**
   * Signs out: has the tokens revoked (RFC 7009), then forgets them. They are forgotten whatever the server says.
   * @returns whether the server revoked them.
   */
  async signOut(id: AccountId): Promise<boolean> {
    return await this.#inTurn(id, async () => {
      const isRevoked = await this.#revoke(this.#record(id))
      await this.#remove(id)
      return isRevoked
    })
  }

  /** Forgets the tokens. Throws the vault's errors. */
  async forget(id: AccountId): Promise<void> {
    await this.#inTurn(id, () => this.#remove(id))
  }

  async #remove(id: AccountId): Promise<void> {
    this.#drop(id)
    await this.#services.store.remove(id)
  }

  /** Forgets what is held in memory. */
  #drop(id: AccountId): void {
    this.#held.delete(id)
    this.#failures.delete(id)
    this.#unsaved.delete(id)
  }

  async #inTurn<T>(id: AccountId, work: () => Promise<T>): Promise<T> {
    const turn = (this.#turns.get(id) ?? Promise.resolve()).then(work)
    // The next one comes whatever became of this one, which is told to whoever asked for it.
    this.#turns.set(
      id,
      turn.catch(() => {}),
    )
    return await turn
  }

  async #revoke(record: AccountRecord): Promise<boolean> {
    try {
      const { client, tokens } = await this.#held.get(record.id)
      const parties = this.#parties(record, client)
      const { accessToken, refreshToken } = tokens
      const { signal } = this.#services
      const access = await revokeToken(parties, accessToken, 'access_token', signal)
      if (refreshToken === null) return access
      return await revokeToken(parties, refreshToken, 'refresh_token', signal)
    } catch (error) {
      this.#services.onWarning('a sign-in was not revoked', error)
      return false
    }
  }

  #renew(id: AccountId, stale: Tokens): Promise<Tokens> {
    const running = this.#renewals.get(id)
    if (running !== undefined) return running
    const renewal = this.#inTurn(id, () => this.#renewOnce(id, stale)).finally(() =>
      this.#renewals.delete(id),
    )
    this.#renewals.set(id, renewal)
    return renewal
  }

  async #renewOnce(id: AccountId, stale: Tokens): Promise<Tokens> {
    const { store, now, signal } = this.#services
    const record = this.#record(id)
    const held = await this.#held.get(id)
    const { client, tokens } = held
    // Somebody signed in meanwhile.
    if (tokens.accessToken !== stale.accessToken) return tokens
    // Written down before it is sent: after a kill the next run knows that the refresh token may be spent.
    await store.update(id, { renewingSince: now() })
    const outcome = await requestTokens(
      this.#parties(record, client),
      grantOf(record, held),
      signal,
    ).catch((error: unknown) => this.#failLater(record, error))
    if (outcome.kind === 'refused') {
      const meaning = meaningOfRefusal(outcome.error)
      if (meaning === 'later') {
        return await this.#failLater(record, signInError('token_refused', outcome.detail))
      }
      if (meaning === 'client') await store.deleteClient(record.issuer)
      throw await this.#needsSignIn(id, 'refused_renewal', held)
    }
    const renewed: Tokens = {
      ...outcome.tokens,
      refreshToken: outcome.tokens.refreshToken ?? tokens.refreshToken,
      scope: outcome.tokens.scope ?? tokens.scope,
    }
    const credentials = { ...held, tokens: renewed }
    this.#held.announce(id, credentials)
    this.#held.set(id, credentials)
    this.#failures.delete(id)
    this.#unsaved.add(id)
    await this.#save(id)
    return renewed
  }

  /** Tokens that cannot be stored are still good for this run, and the old ones are spent: it goes on, and tries again. */
  async #save(id: AccountId): Promise<void> {
    if (!this.#unsaved.has(id)) return
    const { store, onWarning } = this.#services
    const credentials = await this.#held.get(id)
    const { issuedAt, expiresAt, scope, refreshToken } = credentials.tokens
    try {
      await store.writeCredentials(id, credentials)
      this.#unsaved.delete(id)
      const isRenewable = refreshToken !== null || this.#record(id).grant === 'client_credentials'
      const renewed = { issuedAt, expiresAt, scope, isRenewable }
      await store.update(id, { ...renewed, renewingSince: null, problem: null })
    } catch (error) {
      onWarning('the tokens of an account were not stored', error)
    }
  }

  /** Waits longer after each failure; a server that answered has not spent the refresh token. */
  async #failLater(record: AccountRecord, error: unknown): Promise<never> {
    const { store, now, signal } = this.#services
    if (signal.aborted || !(error instanceof AppError)) throw error
    const times = (this.#failures.get(record.id)?.times ?? 0) + 1
    const retryAt = now() + backoffMs(retry, times, Math.random())
    this.#failures.set(record.id, { times, retryAt })
    if (error.data['status'] !== undefined) await store.update(record.id, { renewingSince: null })
    throw notNow(record, error)
  }

  /** Keeps the access token, which may serve for a while yet, and drops a refresh token that was refused. */
  async #needsSignIn(
    id: AccountId,
    reason: 'refused_renewal' | 'refused_token',
    spent?: Credentials,
  ): Promise<AppError> {
    const { store } = this.#services
    const error = new AppError('auth_required', { reason })
    await store.update(id, { problem: error.toInfo() })
    if (spent !== undefined) {
      await store.update(id, { isRenewable: false, renewingSince: null })
      const kept = { ...spent, tokens: { ...spent.tokens, refreshToken: null } }
      this.#held.set(id, kept)
      await store.writeCredentials(id, kept)
    }
    return error
  }

  #record(id: AccountId): AccountRecord {
    const record = this.#services.store.get(id)
    if (record === undefined) throw new AppError('auth_required', { reason: 'no_account' })
    return record
  }

  #parties(record: AccountRecord, client: Credentials['client']): TokenParties {
    const { fetchFor, now } = this.#services
    const serverUrl = new URL(record.serverUrl)
    const { authorizationServer } = record
    return { authorizationServer, client, serverUrl, fetch: fetchFor(serverUrl), now }
  }
}

function isRenewalOpen({ renewingSince }: AccountRecord, { issuedAt }: Tokens): boolean {
  return renewingSince !== null && issuedAt < renewingSince
}

function grantOf(
  { askedScope, grant }: AccountRecord,
  { tokens: { refreshToken }, resource }: Credentials,
): Record<string, string> {
  return grant === 'client_credentials' || refreshToken === null
    ? clientCredentialsGrant(resource, askedScope)
    : { grant_type: 'refresh_token', refresh_token: refreshToken, resource }
}

function notNow(record: AccountRecord, cause?: AppError): AppError {
  const { host } = new URL(record.issuer)
  const why = cause?.data['detail'] ?? cause?.data['status']
  const reason = `The sign-in cannot be renewed now: ${host} does not answer as it should${why === undefined ? '' : ` (${String(why)})`}.`
  return new AppError('unreachable', { reason }, { cause })
}
