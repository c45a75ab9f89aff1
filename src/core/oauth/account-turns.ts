import type { AccountId } from '../../shared/domain/ids.ts'
import { createTurns, type TakeTurn } from '../../shared/lib/take-turns.ts'

/** Has all that changes an account's tokens come one after the other: renewals, sign-ins and sign-outs. */
export class AccountTurns {
  readonly #turns = new Map<AccountId, TakeTurn>()

  /** Does the work once all that was given for this account before is over. Settles as it does. */
  async take<T>(id: AccountId, work: () => Promise<T>): Promise<T> {
    const take = this.#turns.get(id) ?? createTurns()
    this.#turns.set(id, take)
    return await take(work)
  }
}
