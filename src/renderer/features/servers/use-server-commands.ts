import { Copy, Pencil, Play, RotateCw, ScrollText, Square, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { lifecycleChoices } from '../../../shared/domain/lifecycle-choices.ts'
import { type Command, useCommands } from '../../app/commands.ts'
import { go, useRoute } from '../../app/route.ts'
import { useServer } from '../../host/servers.ts'
import { focusRow, useListView } from './list-view.ts'
import { logsQueryOf } from './logs-query.ts'
import { command, duplicate, remove } from './server-actions.ts'
import { removeKey } from './server-menu.ts'

/** Offers what can be done with the server whose row has the focus, else with the one whose pane is open. */
export function useServerCommands(): void {
  const { t } = useTranslation('servers')
  const openId = useRoute(({ route }) => (route.page === 'servers' ? route.serverId : null))
  const focusedId = useListView((state) => state.focusedId)
  const server = useServer(focusedId ?? openId)
  const commands: Command[] = []
  // The palette has its own list of what can be done with a server.
  const one = { group: t('title'), inPalette: false }
  if (server !== undefined) {
    const { id, name } = server.definition
    const { main, restart } = lifecycleChoices(server.state)
    if (main !== null) {
      commands.push({
        ...one,
        id: 'server.main',
        title: t(`doTo.${main}`, { name }),
        icon: main === 'start' ? Play : Square,
        keys: 'S',
        run: () => void command(id, main),
      })
    }
    if (restart) {
      commands.push({
        ...one,
        id: 'server.restart',
        title: t('doTo.restart', { name }),
        icon: RotateCw,
        keys: 'R',
        run: () => void command(id, 'restart'),
      })
    }
    commands.push(
      {
        ...one,
        id: 'server.logs',
        title: t('doTo.logs', { name }),
        icon: ScrollText,
        keys: 'L',
        run: () => go({ page: 'logs', query: logsQueryOf(name) }),
      },
      {
        ...one,
        id: 'server.edit',
        title: t('doTo.edit', { name }),
        icon: Pencil,
        keys: 'E',
        run: () => go({ page: 'edit-server', serverId: id }),
      },
      {
        ...one,
        id: 'server.duplicate',
        title: t('doTo.duplicate', { name }),
        icon: Copy,
        keys: 'D',
        run: () => void duplicate(id),
      },
      {
        ...one,
        id: 'server.remove',
        title: t('doTo.remove', { name }),
        icon: Trash2,
        keys: removeKey,
        run: () => void remove(id),
      },
    )
  }
  if (openId !== null) {
    commands.push({
      ...one,
      id: 'server.close',
      title: t('do.close'),
      icon: null,
      keys: 'Esc',
      run: () => closePane(openId),
    })
  }
  useCommands(commands)
}

/** Closes the pane; a focus that was in it goes back to the row of its server. */
export function closePane(id: Parameters<typeof focusRow>[0]): void {
  const wasInside = document.activeElement?.closest('aside') !== null
  go({ page: 'servers', serverId: null, tab: 'overview' })
  if (wasInside) focusRow(id)
}
