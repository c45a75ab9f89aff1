/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows of the grid are laid out by CSS and placed one by one, which the elements of a table do not allow */
import type * as React from 'react'
import type { ServerId } from '../../../shared/domain/ids.ts'
import { useUsage } from '../../host/resources.ts'
import { classNames } from '../../ui/class-names.ts'
import { formatMemory, formatPercent } from '../../ui/format.ts'
import { Sparkline } from '../../ui/sparkline.tsx'
import { onlyMeasured } from './table-columns.ts'
import { cpuOf, gapMs, leastCpu, useHistorySpan } from './usage-history.ts'

/** What a server's processes take: two cells of its row, which alone are drawn again with each sample. */
export function UsageCells({ id }: { readonly id: ServerId }): React.JSX.Element {
  const { now, points } = useUsage(id)
  const { fromAt, toAt } = useHistorySpan()
  const isDrawn = points.some(({ at }) => at >= fromAt)
  return (
    <>
      <div
        role="gridcell"
        className={classNames(onlyMeasured, 'flex items-center justify-end gap-2 tabular-nums')}
      >
        {isDrawn && (
          <Sparkline
            points={points.map(cpuOf)}
            fromAt={fromAt}
            toAt={toAt}
            least={leastCpu}
            gapMs={gapMs}
          />
        )}
        <span className="min-w-11 text-right whitespace-nowrap">
          {now === null ? <Nothing /> : formatPercent(now.cpuPercent / 100)}
        </span>
      </div>
      <div role="gridcell" className={classNames(onlyMeasured, 'text-right tabular-nums')}>
        {now === null ? <Nothing /> : formatMemory(now.memoryBytes)}
      </div>
    </>
  )
}

function Nothing(): React.JSX.Element {
  return <span className="text-ink-3">–</span>
}
