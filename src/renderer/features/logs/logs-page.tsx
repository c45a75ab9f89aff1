import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { type LogFilter, logTextSchema } from '../../../shared/contract/logs.ts'
import { compareServers, useServers } from '../../host/servers.ts'
import { formatNumber } from '../../ui/format.ts'
import { PageBar } from '../../ui/page-bar.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { ExportButton } from './export-button.tsx'
import { Histogram } from './histogram.tsx'
import { LevelToggles } from './level-toggles.tsx'
import type { LogListHandle } from './log-list.tsx'
import { LogPanel } from './log-panel.tsx'
import { LogsMenu } from './logs-menu.tsx'
import { useLogsView } from './logs-view.ts'
import { QueryBar } from './query-bar.tsx'
import { readQuery } from './query-filter.ts'
import { QueryProblems } from './query-problems.tsx'
import { useHitSteps } from './use-hit-steps.ts'
import { useLogFeed } from './use-log-feed.ts'
import { useSettled } from './use-settled.ts'
import { useVolume } from './use-volume.ts'
import { countOf, totalOf } from './volume.ts'

/** How many lines it begins with, and how many it keeps. */
const limits = { initial: 5_000, kept: 100_000 }
/** How long the text has to stand still before the host is asked to filter by it, in milliseconds. */
const typingMs = 250

/** Everything that every server printed and that was done with it. */
export function LogsPage(): React.JSX.Element | null {
  const isKnown = useServers((state) => state.isKnown)
  // Without the servers their names mean nothing yet.
  return isKnown ? <Logs /> : null
}

function Logs(): React.JSX.Element {
  const { t } = useTranslation('logs')
  const servers = useServers((state) => state.byId)
  const { query, writtenAt, mode, clearedAt, brush } = useLogsView()
  const named = [...servers.values()]
    .toSorted(compareServers)
    .map(({ definition: { id, name } }) => ({ id, name }))
  const { filter, text, problems } = readQuery(query, named, writtenAt)
  const settled = useSettled(text === null ? null : JSON.stringify(text), typingMs)
  const isFiltered = mode === 'filter' && settled !== null && text !== null
  const shown: LogFilter = {
    ...filter,
    sinceAt: clearedAt === null ? filter.sinceAt : Math.max(filter.sinceAt ?? 0, clearedAt),
    text: isFiltered ? logTextSchema.parse(JSON.parse(settled)) : null,
  }
  const feed = useLogFeed(shown, limits)
  const volume = useVolume(
    {
      ...shown,
      levels: null,
      ...(brush === null
        ? {}
        : timesOf(
            readQuery(
              { ...query, since: brush.outerSince, before: brush.outerBefore },
              named,
              writtenAt,
            ).filter,
          )),
    },
    brush === null ? feed : null,
  )
  const list = React.useRef<LogListHandle>(null)
  const steps = useHitSteps(feed, text, list)
  const counts = volume === null ? null : totalOf(volume.buckets)
  const total = counts === null || brush !== null ? null : countOf(counts, query.levels)
  return (
    <>
      <PageBar
        title={t('title')}
        count={
          total === null ? undefined : t('count', { count: total, shown: formatNumber(total) })
        }
      >
        <Segmented
          label={t('mode.label')}
          segments={[
            { value: 'highlight', label: t('mode.highlight') },
            { value: 'filter', label: t('mode.filter') },
          ]}
          value={mode}
          onChange={(next) => useLogsView.setState({ mode: next })}
        />
        <ExportButton filter={shown} total={total} />
        <LogsMenu feed={feed} list={list} />
      </PageBar>
      <QueryBar
        names={[...new Set(named.map(({ name }) => name))]}
        steps={steps}
        onLeave={() => list.current?.focus()}
      >
        <LevelToggles counts={counts} />
      </QueryBar>
      <QueryProblems problems={problems} isSlow={steps.isSlow} />
      <Histogram volume={volume} levels={query.levels} />
      {feed !== null && (
        <LogPanel
          key={feed.key}
          feed={feed}
          steps={steps}
          search={text === null || text.regex ? '' : text.pattern}
          list={list}
        />
      )}
    </>
  )
}

function timesOf({ sinceAt, untilAt }: LogFilter): Pick<LogFilter, 'sinceAt' | 'untilAt'> {
  return { sinceAt, untilAt }
}
