import { AppError } from '../../shared/domain/errors.ts'
import type { AccountId } from '../../shared/domain/ids.ts'
import { type BackoffPolicy, backoffMs } from '../../shared/lib/backoff.ts'
import type { AccountRecord, AccountStore, Credentials } from './account-store.ts'
import type { AccountTurns } from './account-turns.ts'
import { findServer } from './discover.ts'
import type { GuardedFetch } from './guarded-fetch.ts'
import type { HeldCredentials } from './held-credentials.ts'
import { signInError } from './sign-in-error.ts'
import { meaningOfRefusal } from './token-plan.ts'
import {
  clientCredentialsGrant,
  requestTokens,
  type TokenParties,
  type Tokens,
} from './token-request.ts'

/** What the renewal of tokens needs of its surroundings. */
export interface RenewalServices {
  readonly store: AccountStore
  readonly fetchFor: (serverUrl: URL) => GuardedFetch
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
  /** Told what went wrong while everything went on. */
  readonly onWarning: (text: string, error: unknown) => void
  /** Once it aborts nothing is begun any more. */
  readonly closing: AbortSignal
  /** Ends requests that are under way. It comes later: tokens that were renewed and are not heard of are lost. */
  readonly signal: AbortSignal
}

const retry: BackoffPolicy = { baseMs: 1_000, capMs: 60_000, jitter: 0.2 }

/** Renews the tokens of accounts: one request for all who want one, written down before it is sent, stored before it is used. */
export class TokenRenewal {
  readonly #services: RenewalServices
  readonly #held: HeldCredentials
  readonly #turns: AccountTurns
  readonly #running = new Map<AccountId, Promise<Tokens>>()
  readonly #failures = new Map<AccountId, { readonly times: number; readonly retryAt: number }>()
  /** Accounts whose newest tokens the vault did not take: it is tried again whenever one is wanted. */
  readonly #unsaved = new Set<AccountId>()

  constructor(services: RenewalServices, held: HeldCredentials, turns: AccountTurns) {
    this.#services = services
    this.#held = held
    this.#turns = turns
  }

  isRunning(id: AccountId): boolean {
    return this.#running.has(id)
  }

  /** When the next try is due after one that failed; 0: none did. */
  retryAt(id: AccountId): number {
    return this.#failures.get(id)?.retryAt ?? 0
  }

  /**
   * New tokens in place of these, or those that another caller got meanwhile.
   * @throws AppError `auth_required` where a person has to sign in, `unreachable` where the authorization server cannot be
   * asked now, or the vault's errors.
   */
  renew(id: AccountId, stale: Tokens): Promise<Tokens> {
    const running = this.#running.get(id)
    if (running !== undefined) return running
    const renewal = this.#turns
      .take(id, () => this.#renewOnce(id, stale))
      .finally(() => this.#running.delete(id))
    this.#running.set(id, renewal)
    return renewal
  }

  /** The same for tokens that still serve: nobody waits for it, and a failure is only noted. */
  renewAhead(id: AccountId, stale: Tokens): void {
    this.renew(id, stale).catch((error: unknown) => {
      const { closing, onWarning } = this.#services
      if (!closing.aborted) onWarning('a sign-in was not renewed ahead of its expiry', error)
    })
  }

  /** Stores the newest tokens where the vault did not take them. */
  async saveAgain(id: AccountId): Promise<void> {
    if (this.#unsaved.has(id)) await this.#turns.take(id, () => this.#save(id))
  }

  /** Resolves once no renewal is under way. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#running.values())
  }

  /** Forgets what went before: other tokens have come, or the account is gone. */
  forget(id: AccountId): void {
    this.#failures.delete(id)
    this.#unsaved.delete(id)
  }

  async #renewOnce(id: AccountId, stale: Tokens): Promise<Tokens> {
    const { store, now, closing, signal } = this.#services
    closing.throwIfAborted()
    const held = await this.#held.get(id)
    const { client, tokens } = held
    // Somebody signed in meanwhile.
    if (tokens.accessToken !== stale.accessToken) return tokens
    if (this.#failures.has(id)) await this.#readMetadataAnew(recordIn(store, id))
    const record = recordIn(store, id)
    // Written down before it is sent: after a kill the next run knows that the refresh token may be spent.
    await store.update(id, { renewingSince: now() })
    const outcome = await requestTokens(
      partiesOf(record, client, this.#services),
      grantOf(record, held),
      signal,
    ).catch((error: unknown) => this.#failLater(record, error))
    if (outcome.kind === 'refused') {
      const meaning = meaningOfRefusal(outcome.error)
      if (meaning === 'later') {
        return await this.#failLater(record, signInError('token_refused', outcome.detail))
      }
      if (meaning === 'client') await store.deleteClient(record.issuer, client.clientId)
      throw await this.#end(id, held, meaning)
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

  /** After a failure: the server may have moved its endpoints since the sign-in. */
  async #readMetadataAnew({ id, issuer, serverUrl }: AccountRecord): Promise<void> {
    const { store, fetchFor, signal } = this.#services
    try {
      const found = await findServer(issuer, fetchFor(new URL(serverUrl)), signal)
      await store.update(id, { authorizationServer: found })
    } catch (error) {
      // The try that follows, with what is known, tells what is wrong.
      if (!(error instanceof AppError) || error.code !== 'sign_in_failed') throw error
    }
  }

  /** Tokens that cannot be stored are still good for this run, and the old ones are spent: it goes on, and tries again. */
  async #save(id: AccountId): Promise<void> {
    if (!this.#unsaved.has(id)) return
    const { store, onWarning } = this.#services
    const credentials = await this.#held.get(id)
    const { issuedAt, expiresAt, scope } = credentials.tokens
    try {
      await store.writeCredentials(id, credentials)
      this.#unsaved.delete(id)
      const isRenewable = canRenew(recordIn(store, id), credentials)
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

  /**
   * Keeps the access token, which may serve for a while yet, and drops a refresh token that was refused: not where it was the
   * client, which may come back with another secret.
   */
  async #end(id: AccountId, spent: Credentials, meaning: 'sign_in' | 'client'): Promise<AppError> {
    const { store } = this.#services
    const error = new AppError('auth_required', { reason: 'refused_renewal' })
    await store.update(id, { problem: error.toInfo(), isRenewable: false, renewingSince: null })
    if (meaning === 'client') return error
    const kept = { ...spent, tokens: { ...spent.tokens, refreshToken: null } }
    this.#held.set(id, kept)
    await store.writeCredentials(id, kept)
    return error
  }
}

/** The account. Throws `auth_required` where there is none. */
export function recordIn(store: AccountStore, id: AccountId): AccountRecord {
  const record = store.get(id)
  if (record === undefined) throw new AppError('auth_required', { reason: 'no_account' })
  return record
}

/** Who asks for the tokens of an account, and where. */
export function partiesOf(
  { serverUrl: address, authorizationServer }: AccountRecord,
  client: Credentials['client'],
  { fetchFor, now }: Pick<RenewalServices, 'fetchFor' | 'now'>,
): TokenParties {
  const serverUrl = new URL(address)
  return { authorizationServer, client, serverUrl, fetch: fetchFor(serverUrl), now }
}

/** Whether tokens can be had without a person. Pure. */
export function canRenew(
  { grant }: Pick<AccountRecord, 'grant'>,
  { tokens }: Pick<Credentials, 'tokens'>,
): boolean {
  return grant === 'client_credentials' || tokens.refreshToken !== null
}

/** The error for an authorization server that is to be asked again later. Pure. */
export function notNow(record: AccountRecord, cause?: AppError): AppError {
  const { host } = new URL(record.issuer)
  const why = cause?.data['detail'] ?? cause?.data['status']
  const reason = `The sign-in cannot be renewed now: ${host} does not answer as it should${why === undefined ? '' : ` (${String(why)})`}.`
  return new AppError('unreachable', { reason }, { cause })
}

function grantOf(
  { askedScope, grant }: AccountRecord,
  { tokens: { refreshToken }, resource }: Credentials,
): Record<string, string> {
  return grant === 'client_credentials' || refreshToken === null
    ? clientCredentialsGrant(resource, askedScope)
    : { grant_type: 'refresh_token', refresh_token: refreshToken, resource }
}
