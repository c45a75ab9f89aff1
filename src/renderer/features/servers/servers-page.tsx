import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/shallow'
import { go, useRoute } from '../../app/route.ts'
import { useServers } from '../../host/servers.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { AttentionStrip } from './attention-strip.tsx'
import { DamagedServers } from './damaged-servers.tsx'
import { inOrder, isInSegment, matchesText } from './list-servers.ts'
import { useListView } from './list-view.ts'
import { ServerPane } from './pane/server-pane.tsx'
import { ServerTable } from './server-table.tsx'
import { ServersBar } from './servers-bar.tsx'
import { StateAnnouncer } from './state-announcer.tsx'
import { useServerCommands } from './use-server-commands.ts'

/** The first page: what runs, what is broken, and what to do about it. */
export function ServersPage(): React.JSX.Element {
  const openId = useRoute(({ route }) => (route.page === 'servers' ? route.serverId : null))
  const isKnown = useServers((state) => state.isKnown)
  const count = useServers((state) => state.byId.size)
  useServerCommands()
  return (
    <>
      <ServersBar count={count} />
      <StateAnnouncer />
      <DamagedServers />
      {isKnown && count === 0 && <NoServers />}
      {count > 0 && (
        <>
          <AttentionStrip />
          <div className="relative flex min-h-0 flex-1">
            <List openId={openId} />
            {openId !== null && <ServerPane key={openId} id={openId} />}
          </div>
        </>
      )}
    </>
  )
}

function List({
  openId,
}: {
  readonly openId: Parameters<typeof ServerTable>[0]['openId']
}): React.JSX.Element {
  // Typing goes first: the rows follow when there is time.
  const text = React.useDeferredValue(useListView((state) => state.text))
  const segment = useListView((state) => state.segment)
  const sort = useListView((state) => state.sort)
  const ids = useServers(
    useShallow(({ byId }) =>
      inOrder(
        [...byId.values()].filter(
          (server) => isInSegment(server, segment) && matchesText(server, text),
        ),
        sort,
      ).map((server) => server.definition.id),
    ),
  )
  return ids.length === 0 ? <NoMatch /> : <ServerTable ids={ids} openId={openId} sort={sort} />
}

function NoServers(): React.JSX.Element {
  const { t } = useTranslation('servers')
  return (
    <div className="scroll p-4">
      <EmptyState
        title={t('empty.title')}
        actions={
          <>
            <Button variant="primary" onClick={() => go({ page: 'import' })}>
              {t('empty.import')}
            </Button>
            <Button onClick={() => go({ page: 'add-server' })}>{t('empty.add')}</Button>
          </>
        }
      >
        {t('empty.text')}
      </EmptyState>
    </div>
  )
}

function NoMatch(): React.JSX.Element {
  const { t } = useTranslation('servers')
  const count = useServers((state) => state.byId.size)
  return (
    <div className="scroll min-w-0 flex-1 p-4">
      <EmptyState
        title={t('noMatch.title')}
        actions={
          <Button onClick={() => useListView.setState({ text: '', segment: 'all' })}>
            {t('noMatch.clear')}
          </Button>
        }
      >
        {t('noMatch.text', { count })}
      </EmptyState>
    </div>
  )
}
