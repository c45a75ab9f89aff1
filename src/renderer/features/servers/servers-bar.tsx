import { Download, Ellipsis, Play, Plus, RotateCw, Square } from 'lucide-react'
import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/shallow'
import { isMeant, type LifecycleCommand } from '../../../shared/domain/lifecycle-choices.ts'
import { go } from '../../app/route.ts'
import { useServers } from '../../host/servers.ts'
import { Button } from '../../ui/button.tsx'
import { formatNumber } from '../../ui/format.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { PageBar } from '../../ui/page-bar.tsx'
import { SearchInput } from '../../ui/search-input.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { idsFor } from './all-servers.ts'
import { isInSegment } from './list-servers.ts'
import { useListView } from './list-view.ts'
import { commandAll } from './server-actions.ts'

/** The bar of the page: filter, segments, ways to get servers, and what can be done to all of them. */
export function ServersBar({ count }: { readonly count: number }): React.JSX.Element {
  const { t } = useTranslation('servers')
  const text = useListView((state) => state.text)
  const segment = useListView((state) => state.segment)
  const counts = useServers(
    useShallow(({ byId }) => {
      const all = [...byId.values()]
      return {
        attention: all.filter((server) => isInSegment(server, 'attention')).length,
        running: all.filter((server) => isInSegment(server, 'running')).length,
      }
    }),
  )
  return (
    <PageBar title={t('title')} count={count === 0 ? undefined : formatNumber(count)}>
      {count > 0 && (
        <>
          <SearchInput
            slashKey
            label={t('filterLabel')}
            placeholder={t('filter')}
            value={text}
            onChange={(next) => useListView.setState({ text: next })}
            className="w-44 max-narrow:w-32"
          />
          <Segmented
            label={t('show.label')}
            value={segment}
            onChange={(next) => useListView.setState({ segment: next })}
            segments={[
              { value: 'all', label: t('show.all') },
              { value: 'attention', label: t('show.attention'), count: counts.attention },
              { value: 'running', label: t('show.running'), count: counts.running },
            ]}
            className="max-low:hidden"
          />
        </>
      )}
      <Button icon={Download} onClick={() => go({ page: 'import' })} className="max-low:hidden">
        {t('import')}
      </Button>
      <Button icon={Plus} onClick={() => go({ page: 'add-server' })}>
        {t('add')}
      </Button>
      {count > 0 && <AllServersMenu />}
    </PageBar>
  )
}

function AllServersMenu(): React.JSX.Element {
  const { t } = useTranslation('servers')
  const counts = useServers(
    useShallow(({ byId }) => {
      const all = [...byId.values()]
      return {
        start: all.filter((server) => isMeant(server, 'start')).length,
        stop: all.filter((server) => isMeant(server, 'stop')).length,
        restart: all.filter((server) => isMeant(server, 'restart')).length,
      }
    }),
  )
  const entry = (type: LifecycleCommand, icon: typeof Play) =>
    ({
      kind: 'item',
      label: t(`all.${type}`),
      icon,
      hint: formatNumber(counts[type]),
      disabled: counts[type] === 0,
      onSelect: () => void commandAll(idsFor(type), type),
    }) as const
  return (
    <Menu
      trigger={<IconButton icon={Ellipsis} label={t('all.label')} />}
      entries={[
        entry('start', Play),
        entry('stop', Square),
        entry('restart', RotateCw),
        { kind: 'separator' },
        {
          kind: 'item',
          label: t('import'),
          icon: Download,
          onSelect: () => go({ page: 'import' }),
        },
      ]}
    />
  )
}
