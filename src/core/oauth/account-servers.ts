import type { AccountId, ServerId } from '../../shared/domain/ids.ts'
import { neededFromPerson } from '../../shared/domain/needed-from-person.ts'
import type { ServerSupervisor } from '../servers/server-supervisor.ts'
import type { Accounts } from './accounts.ts'
import type { ServerIdentity } from './server-identity.ts'

/** What the servers of an account are found by. */
export interface AccountServers {
  readonly accounts: Accounts
  readonly supervisor: Pick<ServerSupervisor, 'views' | 'command'>
  readonly addressOf: (id: ServerId) => Promise<ServerIdentity>
}

/** Starts the servers that are switched on and wait for a sign-in: the same account may serve several. */
export function startAfterSignIn({ supervisor }: Pick<AccountServers, 'supervisor'>): void {
  for (const { definition, state } of supervisor.views()) {
    const waits = state.phase === 'failed' && neededFromPerson(state.error.code) === 'signIn'
    if (definition.enabled && waits) supervisor.command(definition.id, 'start')
  }
}

/** Signs out, and has the servers that ran with the account show that they cannot any more. */
export async function signOut(
  { accounts, supervisor, addressOf }: AccountServers,
  id: AccountId,
): Promise<boolean> {
  const users: ServerId[] = []
  for (const { definition, state } of supervisor.views()) {
    const isRemote = definition.transport.type === 'http' || definition.transport.type === 'sse'
    if (!isRemote || state.phase !== 'running') continue
    if (accounts.accountOf(await addressOf(definition.id))?.id === id) users.push(definition.id)
  }
  const isRevoked = await accounts.signOut(id)
  for (const user of users) supervisor.command(user, 'restart')
  return isRevoked
}
