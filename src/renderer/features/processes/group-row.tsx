/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows of the grid are laid out by CSS and placed one by one, which the elements of a table do not allow */
import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { MachineServer } from '../../../shared/domain/machine.ts'
import { formatMemory, formatNumber } from '../../ui/format.ts'
import { totalsOf } from './list-processes.ts'

/** What stands above several copies of one server: its name, how many run, and what they hold together. */
export function GroupRow({
  servers,
  place,
  top,
}: {
  readonly servers: readonly MachineServer[]
  /** From 0, among all lines. */
  readonly place: number
  /** Its distance from the first line, in px. */
  readonly top: number
}): React.JSX.Element {
  const { t } = useTranslation('processes')
  const name = servers[0]?.name ?? ''
  const count = servers.length
  return (
    <div
      role="row"
      aria-rowindex={place + 2}
      style={{ transform: `translateY(${top}px)` }}
      className="absolute inset-x-0 top-0 flex h-(--h-row) items-center gap-2 px-4"
    >
      <div role="rowheader" className="flex min-w-0 items-baseline gap-2">
        <span className="cut font-medium text-ink" title={name}>
          {name}
        </span>
        <span className="t-12 flex-none text-ink-3 tabular-nums">
          {t('copies', { count, figure: formatNumber(count) })}
        </span>
      </div>
      <div role="gridcell" className="ml-auto flex-none text-ink-3 tabular-nums">
        {formatMemory(totalsOf(servers).memoryBytes)}
      </div>
    </div>
  )
}
