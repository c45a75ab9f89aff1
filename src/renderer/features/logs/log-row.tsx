/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a table cannot be drawn in part and laid out as a grid without losing its meaning: the roles say it. */
import { ChevronDown, ChevronRight } from 'lucide-react'
import * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { LogLine } from '../../../shared/domain/log-line.ts'
import { classNames } from '../../ui/class-names.ts'
import { formatClock, formatNumber } from '../../ui/format.ts'
import { StateGlyph } from '../../ui/state-glyph.tsx'
import { describeMessage } from './describe-message.ts'
import { excerptOf } from './excerpt.ts'
import { isGap, type LogRow } from './line-buffer.ts'
import type { HitRange } from './mark-spans.ts'
import { MarkedText } from './marked-text.tsx'
import { formatMomentToken } from './parse-moment.ts'

/** `full`: every column. `tail`: for one server, in a narrow place. */
export type LogColumns = 'full' | 'tail'

/** What a row of the log takes. */
export interface LogRowProps {
  readonly row: LogRow
  /** Identifies it in the list, and its element in the page. */
  readonly id: number
  readonly elementId: string
  /** Among all rows, from 1. */
  readonly index: number
  readonly columns: LogColumns
  readonly serverName: string
  readonly isActive: boolean
  readonly isSelected: boolean
  readonly isExpanded: boolean
  readonly ranges: readonly HitRange[]
  readonly isCurrentHit: boolean
}

/** How much of a line is drawn in its row: no window shows more, and a line may have 64 KiB. */
const drawnChars = 1_000
const noRanges: readonly HitRange[] = []

/**
 * One line, or a gap. Its list handles clicks and keys. Memoized by hand: it is made in a loop, for which the compiler does
 * nothing. Dozens are made in each frame of a scroll, so it uses no hook and no Intl.
 */
export const LogRowView = React.memo(function LogRowView(props: LogRowProps): React.JSX.Element {
  const { row, id, elementId, index, columns, isActive, isSelected, isExpanded } = props
  const common = {
    id: elementId,
    role: 'row',
    'data-row': id,
    'data-active': isActive ? '' : undefined,
    'aria-rowindex': index,
    'aria-selected': isSelected,
  }
  if (isGap(row)) {
    return (
      <div {...common} data-tone="wait" className="log-row bg-soft">
        <span role="gridcell" className="col-span-full text-tone">
          <GapText dropped={row.dropped} />
        </span>
      </div>
    )
  }
  const Chevron = isExpanded ? ChevronDown : ChevronRight
  const clock = formatClock(row.at, true)
  return (
    <div
      {...common}
      aria-expanded={isExpanded}
      data-tone={toneOf(row)}
      className={classNames('log-row', columns === 'tail' && 'log-row-tail')}
    >
      <span role="gridcell" className="text-ink-3" title={formatMomentToken(row.at, 0)}>
        {(row.protocol !== null || isExpanded) && (
          <Chevron
            size={12}
            strokeWidth={1.75}
            aria-hidden
            className="absolute top-1.5 left-0.5 text-ink-3"
          />
        )}
        {clock.slice(0, 8)}
        {columns === 'full' && <span className="log-ms">{clock.slice(8)}</span>}
      </span>
      <span role="gridcell" className="flex items-center gap-1 text-(--tone,var(--ink-3))">
        <LevelGlyph level={row.level} />
        <span className={columns === 'tail' ? 'hear-only' : 'log-word'}>{row.level}</span>
      </span>
      {columns === 'full' && (
        <>
          <span role="gridcell" className="log-server text-ink-2" title={props.serverName}>
            {props.serverName}
          </span>
          <span role="gridcell" className="log-kind text-ink-3">
            {row.source}
          </span>
        </>
      )}
      <span
        role="gridcell"
        className={row.level === 'debug' || row.protocol !== null ? 'text-ink-2' : 'text-ink'}
      >
        <Message line={row} ranges={props.ranges} isCurrentHit={props.isCurrentHit} />
      </span>
    </div>
  )
})

/** Apart: to look a text up is too costly for rows that need none. */
function GapText({ dropped }: { readonly dropped: number }): React.JSX.Element {
  const { t } = useTranslation('logs')
  return <>{t('gap', { count: dropped, shown: formatNumber(dropped) })}</>
}

function Message({
  line,
  ranges,
  isCurrentHit,
}: {
  readonly line: LogLine
  readonly ranges: readonly HitRange[]
  readonly isCurrentHit: boolean
}): React.JSX.Element {
  if (line.protocol === null) {
    const text = line.text.length > drawnChars ? line.text.slice(0, drawnChars) : line.text
    return <MarkedText text={text} ranges={ranges} isCurrent={isCurrentHit} />
  }
  const excerpt = excerptOf(line.text, ranges)
  return (
    <>
      <MarkedText text={describeMessage(line)} ranges={noRanges} isCurrent={false} />
      {excerpt !== null && (
        <span className="text-ink-3">
          {' · '}
          <MarkedText text={excerpt.text} ranges={excerpt.ranges} isCurrent={isCurrentHit} />
        </span>
      )}
    </>
  )
}

function LevelGlyph({ level }: { readonly level: LogLine['level'] }): React.JSX.Element {
  if (level === 'error') return <StateGlyph name="failed" size={12} />
  if (level === 'warn') return <StateGlyph name="slow" size={12} />
  return <span className="w-3 flex-none" />
}

function toneOf({ level }: LogLine): 'bad' | 'wait' | undefined {
  if (level === 'error') return 'bad'
  return level === 'warn' ? 'wait' : undefined
}
