import {
  CopyPlus,
  type LucideIcon,
  Pencil,
  Play,
  Power,
  RotateCw,
  ScrollText,
  Square,
  Trash2,
  Wrench,
} from 'lucide-react'
import { lifecycleChoices } from '../../../shared/domain/lifecycle-choices.ts'
import type { ServerView } from '../../../shared/domain/server-view.ts'
import { go } from '../../app/route.ts'
import { logsQueryOf } from '../servers/logs-query.ts'
import { command, duplicate, remove, setEnabled } from '../servers/server-actions.ts'

/** The name of a text in the catalog, under `do`. */
export type ServerCommandName =
  | 'start'
  | 'stop'
  | 'restart'
  | 'switchOn'
  | 'switchOff'
  | 'tools'
  | 'logs'
  | 'edit'
  | 'duplicate'
  | 'remove'

/** One thing to do with a server. */
export interface ServerCommand {
  readonly name: ServerCommandName
  readonly icon: LucideIcon
  /** As on the list of servers; null: none. */
  readonly keys: string | null
  readonly run: () => void
}

/** What can be done with a server in its state, the likeliest first. */
export function serverCommands({ definition, state }: ServerView): readonly ServerCommand[] {
  const { id, enabled, name } = definition
  const choices = lifecycleChoices(state)
  const all: readonly (ServerCommand | false)[] = [
    choices.start && { name: 'start', icon: Play, keys: 'S', run: () => void command(id, 'start') },
    choices.restart && {
      name: 'restart',
      icon: RotateCw,
      keys: 'R',
      run: () => void command(id, 'restart'),
    },
    choices.stop && { name: 'stop', icon: Square, keys: 'S', run: () => void command(id, 'stop') },
    {
      name: enabled ? 'switchOff' : 'switchOn',
      icon: Power,
      keys: null,
      run: () => void setEnabled(id, !enabled),
    },
    {
      name: 'logs',
      icon: ScrollText,
      keys: 'L',
      run: () => go({ page: 'logs', query: logsQueryOf(name) }),
    },
    {
      name: 'tools',
      icon: Wrench,
      keys: null,
      run: () => go({ page: 'servers', serverId: id, tab: 'tools' }),
    },
    {
      name: 'edit',
      icon: Pencil,
      keys: 'E',
      run: () => go({ page: 'edit-server', serverId: id }),
    },
    { name: 'duplicate', icon: CopyPlus, keys: 'D', run: () => void duplicate(id) },
    { name: 'remove', icon: Trash2, keys: 'Delete', run: () => void remove(id) },
  ]
  return all.filter((one) => one !== false)
}
