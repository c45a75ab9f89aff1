import { AppError } from '../../shared/domain/errors.ts'
import type { AccountId } from '../../shared/domain/ids.ts'
import type { AccountRecord, Credentials } from './account-store.ts'
import { AccountTurns } from './account-turns.ts'
import { HeldCredentials } from './held-credentials.ts'
import type { OauthClient } from './oauth-client.ts'
import { planToken } from './token-plan.ts'
import {
  canRenew,
  notNow,
  partiesOf,
  type RenewalServices,
  recordIn,
  TokenRenewal,
} from './token-renewal.ts'
import { revokeToken, type Tokens } from './token-request.ts'

/** What a keeper needs of its surroundings. */
export interface KeeperServices extends RenewalServices {
  /** Told of each token before anybody gets it, so that it is redacted everywhere. */
  readonly onSecret: (name: string, value: string) => void
}

/** How old a token has to be before another one is asked for, where the server refuses all that it is sent, in milliseconds. */
const minRenewalMs = 60_000

/**
 * The one writer of each account's tokens. It renews them ahead of their expiry, however many callers want one at once with
 * one request, and stores what it got before anybody uses it. No other process writes them: only the holder of the data
 * directory's lock has a core, and with it a keeper (see docs/architecture.md).
 */
export class TokenKeeper {
  readonly #services: KeeperServices
  readonly #held: HeldCredentials
  readonly #turns = new AccountTurns()
  readonly #renewal: TokenRenewal
  /** The token of each account that was refused just after it was issued. */
  readonly #refusedFresh = new Map<AccountId, string>()

  constructor(services: KeeperServices) {
    this.#services = services
    this.#held = new HeldCredentials(services.store, services.onSecret)
    this.#renewal = new TokenRenewal(services, this.#held, this.#turns)
  }

  /**
   * An access token that serves now. One that serves for a while yet is renewed beside its use: a slow authorization server
   * holds up nobody.
   * @throws AppError `auth_required` where a person has to sign in, `unreachable` where the authorization server cannot be
   * asked now, or the vault's errors.
   */
  async accessToken(id: AccountId): Promise<string> {
    const { tokens } = await this.#held.get(id)
    await this.#renewal.saveAgain(id)
    // Taken after all waits, so that callers that come together find the same.
    const record = recordIn(this.#services.store, id)
    const plan = planToken(
      {
        tokens,
        isRenewable: record.isRenewable,
        isRenewalOpen: this.#renewal.isRunning(id) || isRenewalOpen(record, tokens),
        retryAt: this.#renewal.retryAt(id),
      },
      this.#services.now(),
    )
    switch (plan) {
      case 'use':
        return tokens.accessToken
      case 'renew_ahead':
        this.#renewal.renewAhead(id, tokens)
        return tokens.accessToken
      case 'renew':
        return (await this.#renewal.renew(id, tokens)).accessToken
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
    const { store, now } = this.#services
    const { tokens } = await this.#held.get(id)
    if (tokens.accessToken !== refused) return tokens.accessToken
    const record = recordIn(store, id)
    const wasRefused = record.problem !== null || this.#refusedFresh.get(id) === refused
    const isYoung = wasRefused && now() < tokens.issuedAt + minRenewalMs
    if (!record.isRenewable || isYoung) throw await this.#notAccepted(id)
    if (now() < this.#renewal.retryAt(id)) throw notNow(record)
    return (await this.#renewal.renew(id, tokens)).accessToken
  }

  /**
   * Notes that the server does not take a token that was just issued, and answers with the error that says so. The tokens
   * stay: it may be the server that is broken.
   */
  async noteRefused(id: AccountId, refused: string): Promise<AppError> {
    this.#refusedFresh.set(id, refused)
    return await this.#notAccepted(id)
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
    await this.#turns.take(id, async () => {
      await store.writeCredentials(id, credentials)
      this.#held.set(id, credentials)
      this.#renewal.forget(id)
      await store.put(record)
    })
    if (before === undefined || before.id === id) return
    await this.#turns.take(before.id, async () => {
      this.#drop(before.id)
      await store.deleteCredentials(before.id)
    })
  }

  /**
   * Takes the secret that an account's client has now, in place of the one that it signed in with. Tokens that were not renewed
   * for the old one can be again. Throws the vault's errors, or `state_read_only`.
   */
  async takeClient(id: AccountId, client: OauthClient): Promise<void> {
    const { store } = this.#services
    await this.#turns.take(id, async () => {
      const held = await this.#held.get(id)
      const { clientId, clientSecret } = held.client
      if (clientId !== client.clientId || clientSecret === client.clientSecret) return
      const credentials = { ...held, client }
      this.#held.announce(id, credentials)
      await store.writeCredentials(id, credentials)
      this.#held.set(id, credentials)
      if (canRenew(recordIn(store, id), held)) {
        await store.update(id, { isRenewable: true, problem: null })
      }
    })
  }

  /**
   * Signs out: has the tokens revoked (RFC 7009), then forgets them. They are forgotten whatever the server says.
   * @returns whether the server revoked them.
   */
  async signOut(id: AccountId): Promise<boolean> {
    return await this.#turns.take(id, async () => {
      const isRevoked = await this.#revoke(recordIn(this.#services.store, id))
      await this.#remove(id)
      return isRevoked
    })
  }

  /** Forgets the tokens. Throws the vault's errors. */
  async forget(id: AccountId): Promise<void> {
    await this.#turns.take(id, () => this.#remove(id))
  }

  /** Resolves once no renewal is under way. */
  async settled(): Promise<void> {
    await this.#renewal.settled()
  }

  async #remove(id: AccountId): Promise<void> {
    this.#drop(id)
    await this.#services.store.remove(id)
  }

  /** Forgets what is held in memory. */
  #drop(id: AccountId): void {
    this.#held.delete(id)
    this.#renewal.forget(id)
    this.#refusedFresh.delete(id)
  }

  async #revoke(record: AccountRecord): Promise<boolean> {
    const { signal, onWarning } = this.#services
    try {
      const { client, tokens } = await this.#held.get(record.id)
      const parties = partiesOf(record, client, this.#services)
      const { accessToken, refreshToken } = tokens
      const revokeAccess = () => revokeToken(parties, accessToken, 'access_token', signal)
      if (refreshToken === null) return await revokeAccess()
      // First the one that lives long: the end of the program, or a server that hangs, may come between.
      const isRevoked = await revokeToken(parties, refreshToken, 'refresh_token', signal)
      await revokeAccess().catch((error: unknown) => onWarning('a token was not revoked', error))
      return isRevoked
    } catch (error) {
      onWarning('a sign-in was not revoked', error)
      return false
    }
  }

  async #notAccepted(id: AccountId): Promise<AppError> {
    const error = new AppError('auth_required', { reason: 'refused_token' })
    await this.#services.store.update(id, { problem: error.toInfo() })
    return error
  }
}

function isRenewalOpen({ renewingSince }: AccountRecord, { issuedAt }: Tokens): boolean {
  return renewingSince !== null && issuedAt < renewingSince
}
