import type { Account } from '../../../shared/domain/account.ts'
import type { ServerView } from '../../../shared/domain/server-view.ts'

/**
 * The servers that use an account, by its address and label. Those whose address holds a reference are not found: only the
 * host resolves it. Pure.
 */
export function accountUsers(
  { serverUrl, label }: Pick<Account, 'serverUrl' | 'label'>,
  servers: readonly ServerView[],
): readonly ServerView[] {
  return servers.filter(({ definition: { transport, oauth } }) => {
    if (transport.type !== 'http' && transport.type !== 'sse') return false
    const url = URL.parse(transport.url)
    if (url === null) return false
    url.hash = ''
    return url.href === URL.parse(serverUrl)?.href && (oauth?.account ?? '') === label
  })
}
