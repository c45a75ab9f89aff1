/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows of the grid are laid out by CSS and placed one by one, which the elements of a table do not allow */
import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { MachineServer } from '../../../shared/domain/machine.ts'
import { classNames } from '../../ui/class-names.ts'
import { formatDuration, formatMemory, formatPercent } from '../../ui/format.ts'
import { StateGlyph } from '../../ui/state-glyph.tsx'
import type { ListKeys } from '../../ui/use-list-keys.ts'
import { useEvidenceTexts } from './evidence-text.ts'
import { lookOfProcess, strongest } from './list-processes.ts'
import { fromMedium, fromWide, processColumns } from './process-columns.ts'

/** What a row takes. */
interface ProcessRowProps {
  readonly server: MachineServer
  /** When it was seen, in milliseconds since the Unix epoch. */
  readonly at: number
  /** From 0, among all lines. */
  readonly place: number
  /** Its distance from the first line, in px. */
  readonly top: number
  /** It stands below the line of its group. */
  readonly isCopy: boolean
  readonly isOpen: boolean
  readonly keys: ReturnType<ListKeys['item']>
  readonly onOpen: () => void
}

/** One server of the list. */
export function ProcessRow({
  server,
  at,
  place,
  top,
  isCopy,
  isOpen,
  keys,
  onOpen,
}: ProcessRowProps): React.JSX.Element {
  const { t } = useTranslation('processes')
  const evidenceTexts = useEvidenceTexts()
  const look = lookOfProcess(server)
  const none = <span className="text-ink-3">–</span>
  return (
    // The keys of all rows are heard by the grid.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      role="row"
      data-process={server.pid}
      data-tone={look.tone}
      aria-rowindex={place + 2}
      aria-selected={isOpen}
      {...keys}
      style={{ transform: `translateY(${top}px)` }}
      className={classNames(
        processColumns,
        'absolute inset-x-0 top-0 h-(--h-row) contain-strict scroll-mt-(--h-head) text-ink-2 hover:bg-hover focus-visible:-outline-offset-2',
        'aria-selected:bg-selected aria-selected:before:absolute aria-selected:before:inset-y-0 aria-selected:before:left-0 aria-selected:before:w-0.5 aria-selected:before:bg-accent-solid',
      )}
      onClick={onOpen}
    >
      <div
        role="rowheader"
        className={classNames('flex min-w-0 items-center gap-2', isCopy && 'pl-4')}
      >
        <StateGlyph name={look.glyph} />
        <span
          className={classNames('cut', isCopy ? 'text-ink-2' : 'font-medium text-ink')}
          title={server.name}
        >
          {server.name}
        </span>
      </div>
      <div
        role="gridcell"
        className={classNames(
          'cut',
          look.tone === 'bad' || look.tone === 'wait' ? 'text-tone' : '',
        )}
      >
        {t(`state.${look.word}`)}
      </div>
      <div
        role="gridcell"
        className={classNames(fromWide, 't-12 cut text-ink-3')}
        title={evidenceTexts(server.evidence).join(' ')}
      >
        {t(`word.${strongest(server)}`)}
      </div>
      <div role="gridcell" className={classNames(fromMedium, 'cut')} title={server.client?.name}>
        {server.client?.name ?? (look.word === 'ours' ? t('word.ours') : none)}
      </div>
      <div role="gridcell" className="text-right tabular-nums">
        {server.pid}
      </div>
      <div role="gridcell" className={classNames(fromMedium, 'cut text-right tabular-nums')}>
        {server.startedAt === null ? none : formatDuration(Math.max(1_000, at - server.startedAt))}
      </div>
      <div role="gridcell" className="text-right tabular-nums">
        {server.cpuShare === null ? none : formatPercent(server.cpuShare)}
      </div>
      <div role="gridcell" className="text-right tabular-nums">
        {formatMemory(server.memoryBytes)}
      </div>
    </div>
  )
}
