import { AppError } from '../../shared/domain/errors.ts'
import type { AccountId, ServerId } from '../../shared/domain/ids.ts'
import { neededFromPerson } from '../../shared/domain/needed-from-person.ts'
import type { ServerDefinition } from '../../shared/domain/server-definition.ts'
import type { LaunchResolver } from '../servers/resolve-launch.ts'
import type { ServerSupervisor } from '../servers/server-supervisor.ts'
import type { Accounts } from './accounts.ts'
import type { ServerIdentity } from './server-identity.ts'

/** A server as one who signs in sees it; null for one that is not remote. Throws as `LaunchResolver.resolveUrl`. */
export async function serverIdentityOf(
  resolver: Pick<LaunchResolver, 'resolveUrl'>,
  definition: ServerDefinition,
): Promise<ServerIdentity | null> {
  const { transport } = definition
  if (transport.type !== 'http' && transport.type !== 'sse') return null
  return { definition, ...(await resolver.resolveUrl(definition, transport)) }
}

/**
 * Forgets the account of a server that is gone, unless another server uses it. It revokes nothing: the end of the program must
 * not wait for a server. Throws the vault's errors.
 */
export async function forgetUnusedAccount(
  services: { readonly accounts: Accounts; readonly resolver: Pick<LaunchResolver, 'resolveUrl'> },
  server: ServerDefinition,
  others: readonly ServerDefinition[],
): Promise<void> {
  const { accounts, resolver } = services
  if (accounts.list().length === 0) return
  const accountIdOf = async (definition: ServerDefinition) => {
    try {
      const identity = await serverIdentityOf(resolver, definition)
      return identity === null ? undefined : accounts.accountOf(identity)?.id
    } catch (error) {
      // An address that lacks a variable can be that of no account.
      if (error instanceof AppError) return undefined
      throw error
    }
  }
  const id = await accountIdOf(server)
  if (id === undefined) return
  for (const other of others) if ((await accountIdOf(other)) === id) return
  await accounts.forget(id)
}

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
