import { Ellipsis, Play, Square } from 'lucide-react'
import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { ServerId } from '../../../../shared/domain/ids.ts'
import { lifecycleChoices } from '../../../../shared/domain/lifecycle-choices.ts'
import type { ServerView } from '../../../../shared/domain/server-view.ts'
import { assertNever } from '../../../../shared/lib/assert-never.ts'
import { go, type PaneTab, paneTabs, useRoute } from '../../../app/route.ts'
import { useServer } from '../../../host/servers.ts'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Menu } from '../../../ui/menu.tsx'
import { Pane, PaneBody } from '../../../ui/pane.tsx'
import { StateGlyph } from '../../../ui/state-glyph.tsx'
import { TabPanel, Tabs } from '../../../ui/tabs.tsx'
import { TimeAgo } from '../../../ui/time-ago.tsx'
import { LiveLook, useSay } from '../live-look.tsx'
import { command } from '../server-actions.ts'
import { serverMenu } from '../server-menu.ts'
import { closePane } from '../use-server-commands.ts'
import { ConfigTab } from './config-tab.tsx'
import { LogsTab } from './logs-tab.tsx'
import { OverviewTab } from './overview-tab.tsx'
import { ToolsTab } from './tools-tab.tsx'

/** The details of one server, in tabs. */
export function ServerPane({ id }: { readonly id: ServerId }): React.JSX.Element {
  const { t } = useTranslation('servers')
  const server = useServer(id)
  if (server === undefined) {
    return (
      <Pane title={t('gone.title')} onClose={() => closePane(id)}>
        <PaneBody>
          <EmptyState title={t('gone.title')} level={3}>
            {t('gone.text')}
          </EmptyState>
        </PaneBody>
      </Pane>
    )
  }
  return <KnownServerPane server={server} />
}

function KnownServerPane({ server }: { readonly server: ServerView }): React.JSX.Element {
  const { t } = useTranslation('servers')
  const { id, name } = server.definition
  const tab = useRoute(({ route }) => (route.page === 'servers' ? route.tab : 'overview'))
  return (
    <Pane
      title={
        <span title={name} className="cut">
          {name}
        </span>
      }
      lead={<Lead server={server} />}
      note={server.state.phase === 'failed' && <TimeAgo at={server.state.at} />}
      actions={
        <>
          <MainButton server={server} />
          <Menu
            trigger={<IconButton icon={Ellipsis} label={t('do.more')} size="sm" />}
            entries={serverMenu(server, t, false)}
          />
        </>
      }
      onClose={() => closePane(id)}
    >
      <Tabs
        label={t('tab.label')}
        value={tab}
        // Through the tabs is no way that one wants to go back step by step.
        onChange={(next) => go({ page: 'servers', serverId: id, tab: next }, { replace: true })}
        items={paneTabs.map((value) => ({
          value,
          label: t(`tab.${value}`),
          count: value === 'tools' ? server.stats.counts?.tools : undefined,
        }))}
      >
        {paneTabs.map((value) => (
          <TabPanel key={value} value={value} className="flex flex-col">
            <Content tab={value} server={server} />
          </TabPanel>
        ))}
      </Tabs>
    </Pane>
  )
}

function Content({
  tab,
  server,
}: {
  readonly tab: PaneTab
  readonly server: ServerView
}): React.JSX.Element {
  switch (tab) {
    case 'overview':
      return <OverviewTab server={server} />
    case 'tools':
      return <ToolsTab server={server} />
    case 'logs':
      return <LogsTab definition={server.definition} />
    case 'config':
      return <ConfigTab definition={server.definition} />
    default:
      return assertNever(tab)
  }
}

/** The state as a glyph with its word for the screen reader. */
function Lead({ server }: { readonly server: ServerView }): React.JSX.Element {
  const say = useSay()
  return (
    <LiveLook server={server}>
      {(look) => (
        <span data-tone={look.tone} className="flex-none">
          <StateGlyph name={look.glyph} left={look.left ?? undefined} label={say(look.word)} />
        </span>
      )}
    </LiveLook>
  )
}

function MainButton({ server }: { readonly server: ServerView }): React.JSX.Element | null {
  const { t } = useTranslation('servers')
  const { main } = lifecycleChoices(server.state)
  if (main === null) return null
  return (
    <Button
      size="sm"
      icon={main === 'start' ? Play : Square}
      aria-keyshortcuts="s"
      onClick={() => void command(server.definition.id, main)}
    >
      {t(`do.${main}`)}
    </Button>
  )
}
