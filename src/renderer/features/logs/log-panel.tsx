import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { go, home } from '../../app/route.ts'
import { useServers } from '../../host/servers.ts'
import { errorText } from '../../i18n/error-text.ts'
import { Button } from '../../ui/button.tsx'
import { Case } from '../../ui/case.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { formatClock } from '../../ui/format.ts'
import { FollowBar } from './follow-bar.tsx'
import { LineRate } from './line-rate.tsx'
import type { LogFeed } from './log-feed.ts'
import { LogList, type LogListHandle } from './log-list.tsx'
import { changeQuery, useLogsView } from './logs-view.ts'
import { emptyQuery } from './parse-query.ts'
import { useFollowing } from './use-following.ts'
import type { HitSteps } from './use-hit-steps.ts'
import { useFeedState } from './use-log-feed.ts'

/** What the lines of the page take. */
export interface LogPanelProps {
  readonly feed: LogFeed
  readonly steps: HitSteps
  /** The literal text that is searched for; empty: none. */
  readonly search: string
  readonly list: React.RefObject<LogListHandle | null>
}

/** The lines and the bar below them; in their place why there are none. */
export function LogPanel({ feed, steps, search, list }: LogPanelProps): React.JSX.Element {
  const { t } = useTranslation('logs')
  const state = useFeedState(feed)
  const following = useFollowing(feed, state.arrived)
  const isEmpty = state.firstId === state.endId
  const isLive = feed.filter.untilAt === null
  return (
    <>
      {state.error !== null && <FeedError error={state.error} />}
      {isEmpty ? (
        <div className="scroll flex-1 p-4">{state.error === null && <NoLines />}</div>
      ) : (
        <LogList
          ref={list}
          feed={feed}
          following={following}
          columns="full"
          label={t('label')}
          hits={steps.hits}
          currentHit={steps.current}
          search={search}
        />
      )}
      <FollowBar
        following={following}
        state={state}
        isLive={isLive}
        onPause={() => (list.current ?? following).hold()}
      >
        {isLive && <LineRate arrived={state.arrived} dropped={state.dropped} />}
      </FollowBar>
    </>
  )
}

function FeedError({
  error,
}: {
  readonly error: Parameters<typeof errorText>[0]
}): React.JSX.Element {
  const { title, hint, action } = errorText(error)
  return (
    <Case tone="bad" glyph="failed" title={title} level={2} className="m-3">
      {[hint, action].filter((part) => part !== '').join(' ')}
    </Case>
  )
}

function NoLines(): React.JSX.Element {
  const { t } = useTranslation('logs')
  const hasServers = useServers((state) => state.byId.size > 0)
  const { query, clearedAt } = useLogsView()
  if (clearedAt !== null) {
    return (
      <EmptyState
        title={t('empty.cleared', { time: formatClock(clearedAt) })}
        actions={
          <Button variant="primary" onClick={() => useLogsView.setState({ clearedAt: null })}>
            {t('empty.showAll')}
          </Button>
        }
      >
        {t('empty.clearedText')}
      </EmptyState>
    )
  }
  if (JSON.stringify(query) !== JSON.stringify(emptyQuery)) {
    return (
      <EmptyState
        title={t('empty.noMatch')}
        actions={
          <Button variant="primary" onClick={() => changeQuery(emptyQuery)}>
            {t('empty.everything')}
          </Button>
        }
      >
        {t('empty.noMatchText')}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      title={t('empty.nothing')}
      actions={
        <Button variant="primary" onClick={() => go(hasServers ? home : { page: 'import' })}>
          {t(hasServers ? 'empty.servers' : 'empty.import')}
        </Button>
      }
    >
      {t('empty.nothingText')}
    </EmptyState>
  )
}
