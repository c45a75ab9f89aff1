import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { ServerView } from '../../../../shared/domain/server-view.ts'
import { useUsage } from '../../../host/resources.ts'
import { formatMemory, formatNumber, formatPercent } from '../../../ui/format.ts'
import { Section } from '../../../ui/section.tsx'
import { TimeChart } from '../../../ui/time-chart.tsx'
import { cpuOf, gapMs, leastCpu, memoryOf, useHistorySpan } from '../usage-history.ts'

/** The least that the upper edge of the drawing of memory stands for, in bytes. */
const leastMemory = 10e6

/** What the server's processes take, over ten minutes. Absent where nothing was measured, as of a remote server. */
export function UsageSection({
  server,
}: {
  readonly server: ServerView
}): React.JSX.Element | null {
  const { t } = useTranslation('servers')
  const { id, supervision } = server.definition
  const { now, points } = useUsage(id)
  const span = useHistorySpan()
  if (!points.some(({ at }) => at >= span.fromAt)) return null
  return (
    <Section
      title={t('usage.title')}
      side={
        now !== null && (
          <span className="text-ink-3 tabular-nums" title={t('usage.shared')}>
            {t('usage.processes', { count: now.processes, number: formatNumber(now.processes) })}
          </span>
        )
      }
    >
      <TimeChart
        {...span}
        label={t('usage.cpu')}
        now={now?.cpuPercent ?? null}
        points={points.map(cpuOf)}
        least={leastCpu}
        gapMs={gapMs}
        ceiling={supervision.limits.cpuPercent}
        format={(percent) => formatPercent(percent / 100)}
      />
      <TimeChart
        {...span}
        label={t('usage.memory')}
        now={now?.memoryBytes ?? null}
        points={points.map(memoryOf)}
        least={leastMemory}
        gapMs={gapMs}
        ceiling={supervision.limits.memoryBytes}
        format={formatMemory}
      />
      <div className="t-11 flex justify-between font-normal text-ink-3" aria-hidden>
        <span>{t('usage.from')}</span>
        <span>{t('usage.to')}</span>
      </div>
    </Section>
  )
}
