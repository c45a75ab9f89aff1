import i18next from 'i18next'
import type { HostClient } from '../../../shared/contract/contract.ts'
import { type SecretName, type ServerId, secretNameSchema } from '../../../shared/domain/ids.ts'
import type { LifecycleCommand } from '../../../shared/domain/lifecycle-choices.ts'
import type { ServerView } from '../../../shared/domain/server-view.ts'
import { assertNever } from '../../../shared/lib/assert-never.ts'
import { openOverlay } from '../../app/overlay.ts'
import { go, home, useRoute } from '../../app/route.ts'
import { host } from '../../host/connection.ts'
import { thrownText } from '../../i18n/error-text.ts'
import { toast } from '../../ui/toast.tsx'
import { openSignIn } from '../accounts/sign-in-target.ts'
import { openInputs } from '../inputs/input-target.ts'
import { fullCommand } from './full-command.ts'
import type { Mend } from './mend.ts'

/** How long the way back from a removal is offered, in milliseconds. */
const undoMs = 20_000

/** Moves the switch. What comes of it is seen in the server's state; a failure of the call is shown as a toast. */
export async function setEnabled(id: ServerId, enabled: boolean): Promise<void> {
  await attempt((client) => client.servers.setEnabled({ id, enabled }))
}

/** Starts, stops or restarts a server; the switch stays as it is. */
export async function command(id: ServerId, type: LifecycleCommand): Promise<void> {
  await attempt((client) => client.servers[type]({ id }))
}

/** Ends a server at once, without waiting for it. */
export async function kill(id: ServerId): Promise<void> {
  await attempt((client) => client.servers.kill({ id }))
}

/** Does the same to many servers at once, and says in one toast how many of the calls failed, and why the first did. */
export async function commandAll(ids: readonly ServerId[], type: LifecycleCommand): Promise<void> {
  const outcomes = await Promise.allSettled(
    ids.map(async (id) => {
      await host().servers[type]({ id })
    }),
  )
  const failed = outcomes.filter((outcome) => outcome.status === 'rejected')
  const [first] = failed
  if (first === undefined) return
  toast({
    tone: 'bad',
    text: i18next.t('failedOf', {
      ns: 'servers',
      failed: failed.length,
      all: ids.length,
      why: thrownText(first.reason).title,
    }),
  })
}

/** Copies a server and shows the copy. */
export async function duplicate(id: ServerId): Promise<void> {
  const copy = await attempt((client) => client.servers.duplicate({ id }))
  if (copy === null) return
  go({ page: 'servers', serverId: copy.definition.id, tab: 'overview' })
  toast({
    tone: 'off',
    text: i18next.t('duplicated', { ns: 'servers', name: copy.definition.name }),
    action: {
      label: i18next.t('do.edit', { ns: 'servers' }),
      onSelect: () => go({ page: 'edit-server', serverId: copy.definition.id }),
    },
  })
}

/** Removes a server at once, says what was removed, and offers the way back. */
export async function remove(id: ServerId): Promise<void> {
  const removed = await attempt((client) => client.servers.remove({ id }))
  if (removed === null) return
  const { route } = useRoute.getState()
  if (route.page === 'servers' && route.serverId === id) go(home, { replace: true })
  toast({
    tone: 'off',
    text: i18next.t('removed', {
      ns: 'servers',
      name: removed.name,
      command: fullCommand(removed.transport),
    }),
    timeout: undoMs,
    action: {
      label: i18next.t('undo', { ns: 'servers' }),
      onSelect: () => void attempt((client) => client.servers.restore({ id })),
    },
  })
}

/** Does what mends a broken server, or leads to where a person mends it. */
export async function runMend({ definition, state }: ServerView, mend: Mend): Promise<void> {
  const { id } = definition
  switch (mend) {
    case 'edit':
      go({ page: 'edit-server', serverId: id })
      return
    case 'give-input':
      openInputs(id)
      return
    case 'give-secret':
      go({ page: 'secrets', name: missingSecret(state) })
      return
    case 'unlock':
      openOverlay('vault')
      return
    case 'review':
      go({ page: 'secrets', name: null })
      return
    case 'sign-in':
      openSignIn(id)
      return
    case 'retry':
      await command(id, 'start')
      return
    case 'restart':
      await command(id, 'restart')
      return
    case 'kill':
      await kill(id)
      return
    default:
      assertNever(mend)
  }
}

/** The first secret that a server lacks; null where it failed for another reason. */
function missingSecret(state: ServerView['state']): SecretName | null {
  const names = state.phase === 'failed' ? state.error.data['names'] : undefined
  const first = Array.isArray(names) ? names[0]?.replace(/^secret:\/\//, '') : undefined
  return secretNameSchema.safeParse(first).data ?? null
}

/** The answer of a call; null where it failed, which a toast has told. */
async function attempt<T>(call: (client: HostClient) => Promise<T>): Promise<T | null> {
  try {
    return await call(host())
  } catch (thrown) {
    const { title, hint, action } = thrownText(thrown)
    toast({ tone: 'bad', text: `${title}. ${hint} ${action}` })
    return null
  }
}
