import { create } from 'zustand'
import type { AccountEvent, AccountView } from '../../shared/domain/account.ts'

interface AccountsState {
  /** False until the host has told all of them once. */
  readonly isKnown: boolean
  readonly accounts: readonly AccountView[]
}

/** Who is signed in at which remote server, live. */
export const useAccounts = create<AccountsState>(() => ({ isKnown: false, accounts: [] }))

/** Takes in the events of one subscription: all accounts at first, which replace what was known, then each change. */
export function createAccountFeed(): (events: readonly AccountEvent[]) => void {
  let isReady = false
  const known = new Map<string, AccountView>()
  return (events) => {
    for (const event of events) {
      if (event.type === 'changed') known.set(event.account.id, event.account)
      if (event.type === 'removed') known.delete(event.id)
      if (event.type === 'ready') isReady = true
    }
    if (isReady) useAccounts.setState({ isKnown: true, accounts: [...known.values()] })
  }
}
