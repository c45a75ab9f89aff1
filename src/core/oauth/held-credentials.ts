import { AppError } from '../../shared/domain/errors.ts'
import type { AccountId } from '../../shared/domain/ids.ts'
import type { AccountStore, Credentials } from './account-store.ts'

/** How many generations of an account's tokens stay redacted: what was just replaced may still serve. */
const redactedGenerations = 3

/** The credentials of accounts in memory, read from the vault once. */
export class HeldCredentials {
  readonly #store: Pick<AccountStore, 'readCredentials'>
  readonly #onSecret: (name: string, value: string) => void
  readonly #held = new Map<AccountId, Promise<Credentials>>()
  readonly #generations = new Map<AccountId, number>()

  /** @param onSecret told of each secret before anybody gets it. */
  constructor(
    store: Pick<AccountStore, 'readCredentials'>,
    onSecret: (name: string, value: string) => void,
  ) {
    this.#store = store
    this.#onSecret = onSecret
  }

  /** @throws AppError `auth_required` where there are none, or the vault's errors. */
  async get(id: AccountId): Promise<Credentials> {
    const held = this.#held.get(id)
    if (held !== undefined) return await held
    const reading = this.#store.readCredentials(id).then((credentials) => {
      if (credentials === null) throw new AppError('auth_required', { reason: 'no_account' })
      this.announce(id, credentials)
      return credentials
    })
    this.#held.set(id, reading)
    try {
      return await reading
    } catch (error) {
      // A vault that is opened later, or a sign-in, may bring them.
      if (this.#held.get(id) === reading) this.#held.delete(id)
      throw error
    }
  }

  /** Gives them to whoever asks from now on. They were announced before. */
  set(id: AccountId, credentials: Credentials): void {
    this.#held.set(id, Promise.resolve(credentials))
  }

  delete(id: AccountId): void {
    this.#held.delete(id)
  }

  /** Has new credentials redacted; nobody may have them before. */
  announce(id: AccountId, { client, tokens }: Credentials): void {
    const generation = (this.#generations.get(id) ?? 0) + 1
    this.#generations.set(id, generation % redactedGenerations)
    this.#onSecret(`oauth.${id}.access.${generation}`, tokens.accessToken)
    if (tokens.refreshToken !== null) {
      this.#onSecret(`oauth.${id}.refresh.${generation}`, tokens.refreshToken)
    }
    if (client.clientSecret !== null) this.#onSecret(`oauth.${id}.client`, client.clientSecret)
  }
}
