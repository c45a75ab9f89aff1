import { ScrollText } from 'lucide-react'
import * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { ServerId } from '../../../shared/domain/ids.ts'
import { go } from '../../app/route.ts'
import { useServer } from '../../host/servers.ts'
import { errorText } from '../../i18n/error-text.ts'
import { Button } from '../../ui/button.tsx'
import { Case } from '../../ui/case.tsx'
import { FollowBar } from './follow-bar.tsx'
import { formatQuery } from './format-query.ts'
import type { LogFeed } from './log-feed.ts'
import { LogList, type LogListHandle } from './log-list.tsx'
import { emptyQuery } from './parse-query.ts'
import { useFollowing } from './use-following.ts'
import { useFeedState, useLogFeed } from './use-log-feed.ts'

/** How many lines it keeps at most. */
const keptLines = 5_000

/** What a tail takes. */
export interface LogTailProps {
  readonly serverId: ServerId
  /** How many of the newest lines it begins with. Older ones come when one scrolls up. */
  readonly lines?: number | undefined
}

/** The newest lines of one server, live, in a narrow place: fills its parent, which must be a column with a height. */
export function LogTail({ serverId, lines = 200 }: LogTailProps): React.JSX.Element {
  const feed = useLogFeed(
    {
      serverIds: [serverId],
      sources: null,
      levels: null,
      sinceAt: null,
      untilAt: null,
      text: null,
    },
    { initial: lines, kept: keptLines },
  )
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {feed !== null && <Tail key={serverId} feed={feed} serverId={serverId} />}
    </div>
  )
}

function Tail({
  feed,
  serverId,
}: {
  readonly feed: LogFeed
  readonly serverId: ServerId
}): React.JSX.Element {
  const { t } = useTranslation('logs')
  const state = useFeedState(feed)
  const following = useFollowing(feed, state.arrived)
  const list = React.useRef<LogListHandle>(null)
  const name = useServer(serverId)?.definition.name ?? serverId
  const openLogs = () =>
    go({ page: 'logs', query: formatQuery({ ...emptyQuery, servers: [name] }) })
  return (
    <>
      {state.error !== null && (
        <Case tone="bad" glyph="failed" title={errorText(state.error).title} className="m-3" />
      )}
      {state.phase === 'ready' && state.firstId === state.endId ? (
        <p className="flex-1 p-4 text-ink-3">{t('tail.empty')}</p>
      ) : (
        <LogList
          ref={list}
          feed={feed}
          following={following}
          columns="tail"
          label={t('tail.label', { server: name })}
          hits={null}
          currentHit={null}
          search=""
        />
      )}
      <FollowBar
        following={following}
        state={state}
        isLive
        onPause={() => (list.current ?? following).hold()}
      >
        <Button variant="ghost" size="sm" icon={ScrollText} onClick={openLogs}>
          {t('tail.open')}
        </Button>
      </FollowBar>
    </>
  )
}
