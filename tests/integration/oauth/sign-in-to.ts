import type { Core } from '../../../src/core/create-core.ts'
import type { Account, SignInEvent } from '../../../src/shared/domain/account.ts'
import type { ServerId } from '../../../src/shared/domain/ids.ts'
import { browse } from '../../fixtures/authorization.ts'

/** Signs in to a server; by default as a browser does, which goes wherever it is sent. */
export async function signInTo(
  core: Core,
  id: ServerId,
  onEvent: (event: SignInEvent) => Promise<void> = async (event) => {
    if (event.type === 'authorize') await browse(event.url)
  },
): Promise<Account> {
  const server = await core.addressOf(id)
  return await new Promise((resolve, reject) => {
    let account: Account | null = null
    core.accounts.signIn(server, {
      push: (event) => {
        if (event.type === 'signed_in') ({ account } = event)
        onEvent(event).catch(reject)
      },
      end: (error) => {
        if (account !== null) resolve(account)
        else reject(error)
      },
    })
  })
}
