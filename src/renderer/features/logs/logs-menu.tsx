import { Clock, Ellipsis, Eraser, Search } from 'lucide-react'
import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { useCommands } from '../../app/commands.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { toast } from '../../ui/toast.tsx'
import { JumpDialog } from './jump-dialog.tsx'
import { isGap } from './line-buffer.ts'
import type { LogFeed } from './log-feed.ts'
import type { LogListHandle } from './log-list.tsx'
import { useLogsView } from './logs-view.ts'

/** What else can be done with the log: by the menu, the palette and keys. */
export function LogsMenu({
  feed,
  list,
}: {
  readonly feed: LogFeed | null
  readonly list: React.RefObject<LogListHandle | null>
}): React.JSX.Element {
  const { t } = useTranslation('logs')
  const [isJumping, setJumping] = React.useState(false)
  const clear = () => {
    const newest = feed?.lines.get(feed.lines.endId - 1)
    if (newest === undefined) return
    const last = useLogsView.getState().clearedAt
    // Just after the newest line: what comes in the same millisecond is still shown.
    useLogsView.setState({ clearedAt: isGap(newest) ? newest.at : newest.at + 0.5 })
    toast({
      tone: 'ok',
      text: t('clear.done'),
      action: {
        label: t('clear.undo'),
        onSelect: () => useLogsView.setState({ clearedAt: last }),
      },
    })
  }
  const jump = () => setJumping(true)
  const group = t('title')
  useCommands([
    {
      id: 'logs.search',
      group,
      title: t('command.search'),
      icon: Search,
      keys: '/',
      inPalette: true,
      run: () => document.getElementById('logs-query')?.focus(),
    },
    {
      id: 'logs.clear',
      group,
      title: t('command.clear'),
      icon: Eraser,
      keys: null,
      inPalette: true,
      run: clear,
    },
    {
      id: 'logs.jump',
      group,
      title: t('command.jump'),
      icon: Clock,
      keys: 'J',
      inPalette: true,
      run: jump,
    },
  ])
  return (
    <>
      <Menu
        trigger={<IconButton icon={Ellipsis} label={t('menu')} />}
        entries={[
          { kind: 'item', label: t('command.jump'), icon: Clock, onSelect: jump },
          { kind: 'item', label: t('command.clear'), icon: Eraser, onSelect: clear },
        ]}
      />
      {feed !== null && (
        <JumpDialog feed={feed} isOpen={isJumping} onClose={() => setJumping(false)} list={list} />
      )}
    </>
  )
}
