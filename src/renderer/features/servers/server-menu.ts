import type { TFunction } from 'i18next'
import {
  Braces,
  Copy,
  PanelRight,
  Pencil,
  Play,
  RotateCw,
  ScrollText,
  Skull,
  Square,
  Trash2,
} from 'lucide-react'
import { lifecycleChoices } from '../../../shared/domain/lifecycle-choices.ts'
import type { ServerView } from '../../../shared/domain/server-view.ts'
import { go } from '../../app/route.ts'
import { onMac } from '../../ui/key-caps.ts'
import type { MenuEntry } from '../../ui/menu-entries.tsx'
import { toast } from '../../ui/toast.tsx'
import { definitionJson } from './definition-json.ts'
import { logsQueryOf } from './logs-query.ts'
import { command, duplicate, kill, remove } from './server-actions.ts'

/** The key that removes a server: keyboards of a Mac have no Delete of their own. */
export const removeKey = onMac() ? 'Backspace' : 'Delete'

/** What can be done with one server, for its context menu and the menu of its pane. */
export function serverMenu(
  server: ServerView,
  t: TFunction<'servers'>,
  withDetails: boolean,
): readonly MenuEntry[] {
  const { id, name } = server.definition
  const choices = lifecycleChoices(server.state)
  return [
    ...(choices.start
      ? [
          {
            kind: 'item',
            label: t('do.start'),
            icon: Play,
            keys: choices.main === 'start' ? 'S' : undefined,
            onSelect: () => void command(id, 'start'),
          } as const,
        ]
      : []),
    ...(choices.stop
      ? [
          {
            kind: 'item',
            label: t('do.stop'),
            icon: Square,
            keys: choices.main === 'stop' ? 'S' : undefined,
            onSelect: () => void command(id, 'stop'),
          } as const,
        ]
      : []),
    ...(choices.kill
      ? [
          {
            kind: 'item',
            label: t('do.kill'),
            icon: Skull,
            danger: true,
            onSelect: () => void kill(id),
          } as const,
        ]
      : []),
    {
      kind: 'item',
      label: t('do.restart'),
      icon: RotateCw,
      keys: 'R',
      disabled: !choices.restart,
      onSelect: () => void command(id, 'restart'),
    },
    { kind: 'separator' },
    ...(withDetails
      ? [
          {
            kind: 'item',
            label: t('do.details'),
            icon: PanelRight,
            keys: 'Enter',
            onSelect: () => go({ page: 'servers', serverId: id, tab: 'overview' }),
          } as const,
        ]
      : []),
    {
      kind: 'item',
      label: t('do.logs'),
      icon: ScrollText,
      keys: 'L',
      onSelect: () => go({ page: 'logs', query: logsQueryOf(name) }),
    },
    {
      kind: 'item',
      label: t('do.edit'),
      icon: Pencil,
      keys: 'E',
      onSelect: () => go({ page: 'edit-server', serverId: id }),
    },
    {
      kind: 'item',
      label: t('do.duplicate'),
      icon: Copy,
      keys: 'D',
      onSelect: () => void duplicate(id),
    },
    {
      kind: 'item',
      label: t('do.copyJson'),
      icon: Braces,
      onSelect: () => {
        navigator.clipboard.writeText(definitionJson(server.definition)).then(
          () => toast({ tone: 'off', text: t('copied', { name }) }),
          () => toast({ tone: 'bad', text: t('copyFailed') }),
        )
      },
    },
    { kind: 'separator' },
    {
      kind: 'item',
      label: t('do.remove'),
      icon: Trash2,
      keys: 'Delete',
      danger: true,
      onSelect: () => void remove(id),
    },
  ]
}
