import { signOut, startAfterSignIn } from '../../../core/oauth/account-servers.ts'
import { stateOauthOptions } from '../../../core/oauth/state-options.ts'
import type { AccountEvent, SignInEvent } from '../../../shared/domain/account.ts'
import { type Implementer, type Routes, withErrors } from '../implementer.ts'
import type { RouterOptions } from '../router-options.ts'
import { DroppingQueue, LatestQueue } from '../stream-queue.ts'

/** Events of a sign-in that wait for a slow reader at most; there are fewer. */
const signInQueueEvents = 32

/** Who is signed in at which remote server. */
export function accountsRoutes(os: Implementer, options: RouterOptions): Routes<'accounts'> {
  const { core, streams } = options
  const { accounts } = core
  return {
    list: os.accounts.list.handler(async () => [...accounts.list()]),
    watch: os.accounts.watch.handler(({ signal }) =>
      streams.open<AccountEvent>(
        (sink) => {
          for (const account of accounts.list()) sink.push({ type: 'changed', account })
          sink.push({ type: 'ready' })
          return accounts.onDidChange(sink.push)
        },
        new LatestQueue(keyOfAccountEvent),
        signal,
      ),
    ),
    get: os.accounts.get.handler(async ({ input }) =>
      accounts.accountOf(await core.addressOf(input.serverId)),
    ),
    signIn: os.accounts.signIn.handler(async ({ input, signal, errors }) => {
      // Before the stream begins, so that the call itself fails.
      const server = await core.addressOf(input.serverId)
      return withErrors(
        streams.open<SignInEvent>(
          (sink) =>
            accounts.signIn(server, {
              push: (event) => {
                sink.push(event)
                if (event.type === 'signed_in' && options.followsSwitch) startAfterSignIn(core)
              },
              end: sink.end,
            }),
          new DroppingQueue(signInQueueEvents),
          signal,
        ),
        options.onBug,
        (data) => errors.APP_ERROR({ data }),
      )
    }),
    paste: os.accounts.paste.handler(async ({ input }) =>
      accounts.paste(input.serverId, input.text),
    ),
    signOut: os.accounts.signOut.handler(async ({ input }) => ({
      revoked: await signOut(core, input.id),
    })),
    setOptions: os.accounts.setOptions.handler(async ({ input }) => {
      await stateOauthOptions(core, input.serverId, input.patch)
      return core.supervisor.view(input.serverId)
    }),
  }
}

function keyOfAccountEvent(event: AccountEvent): string {
  switch (event.type) {
    case 'changed':
      return event.account.id
    case 'removed':
      return event.id
    case 'ready':
      return 'ready'
  }
}
