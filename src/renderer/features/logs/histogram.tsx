import * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { LogLevel } from '../../../shared/domain/log-line.ts'
import { formatClock, formatNumber } from '../../ui/format.ts'
import { bucketAt, drawVolume, spanOf } from './draw-volume.ts'
import './histogram.css'
import { brushSpan, unbrush, useLogsView } from './logs-view.ts'
import { countOf, noLines, type Volume } from './volume.ts'

const ticks = 6

/**
 * How many lines there were over time. Drag to choose a span; by keys: Left and Right go to a bar, with Shift a span grows,
 * Enter shows only its lines, Escape shows again what was shown before.
 */
export function Histogram({
  volume,
  levels,
}: {
  readonly volume: Volume | null
  readonly levels: readonly LogLevel[]
}): React.JSX.Element {
  const { t } = useTranslation('logs')
  const brush = useLogsView((state) => state.brush)
  // Bars by index: from where the choice began to where it is now.
  const [choice, setChoice] = React.useState<{
    readonly from: number
    readonly to: number
    readonly isDragged: boolean
  } | null>(null)
  if (volume === null || volume.buckets.length === 0) return <div className="log-volume" />
  const { buckets } = volume
  const last = buckets.length - 1
  const cursor = Math.min(choice?.to ?? last, last)
  const chosen = choice === null ? null : spanOf(volume, choice.from, choice.to)
  const marked = chosen ?? brush
  const endAt = volume.fromAt + buckets.length * volume.spanMs
  const inChoice =
    choice === null
      ? [buckets[last] ?? noLines]
      : buckets.slice(Math.min(choice.from, choice.to), Math.max(choice.from, choice.to) + 1)
  const lines = inChoice.reduce((sum, bucket) => sum + countOf(bucket, levels), 0)
  const errors = inChoice.reduce((sum, bucket) => sum + bucket.error, 0)
  const spoken = spanOf(volume, choice?.from ?? last, cursor)
  const apply = (from: number, to: number) => {
    const { fromAt, toAt } = spanOf(volume, from, to)
    setChoice(null)
    brushSpan(Math.floor(fromAt), Math.ceil(toAt))
  }
  const pointed = (event: React.PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    return bucketAt(volume, (event.clientX - box.left) / box.width)
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    const move = { ArrowLeft: -1, ArrowRight: 1, Home: -buckets.length, End: buckets.length }
    const by = Object.entries(move).find(([key]) => key === event.key)?.[1]
    if (by !== undefined) {
      const to = Math.min(Math.max(0, choice === null ? last : cursor + by), last)
      setChoice({
        from: event.shiftKey && choice !== null ? choice.from : to,
        to,
        isDragged: false,
      })
    } else if (event.key === 'Enter' && choice !== null) apply(choice.from, choice.to)
    else if (event.key === 'Escape' && (choice !== null || brush !== null)) {
      if (choice === null) unbrush()
      setChoice(null)
    } else return
    event.preventDefault()
  }
  return (
    <div className="log-volume">
      <div
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an input has no place for bars
        role="slider"
        tabIndex={0}
        aria-label={t('volume.label')}
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={cursor}
        aria-valuetext={t('volume.value', {
          from: formatClock(spoken.fromAt),
          to: formatClock(spoken.toAt),
          count: lines,
          lines: formatNumber(lines),
          errors: formatNumber(errors),
        })}
        className="log-bars"
        onKeyDown={onKeyDown}
        onBlur={() => setChoice(null)}
        onPointerDown={(event) => {
          if (event.button !== 0) return
          event.currentTarget.setPointerCapture(event.pointerId)
          const at = pointed(event)
          setChoice({ from: at, to: at, isDragged: true })
        }}
        onPointerMove={(event) => {
          if (choice?.isDragged === true) setChoice({ ...choice, to: pointed(event) })
        }}
        onPointerUp={(event) => {
          if (choice?.isDragged === true) apply(choice.from, pointed(event))
        }}
        onPointerCancel={() => setChoice(null)}
        onDoubleClick={unbrush}
      >
        <svg viewBox={`0 0 ${buckets.length * 10} 40`} preserveAspectRatio="none" aria-hidden>
          {drawVolume(volume, levels).map(({ x, y, height, tone }) => (
            <rect
              key={`${x}-${tone}`}
              x={x}
              y={y}
              width={8}
              height={height}
              className={`log-bar-${tone}`}
            />
          ))}
        </svg>
        {marked !== null && (
          <span
            className="log-brush"
            style={{
              left: `${share(marked.fromAt, volume.fromAt, endAt)}%`,
              right: `${100 - share(marked.toAt, volume.fromAt, endAt)}%`,
            }}
          />
        )}
      </div>
      <div className="t-11 flex justify-between font-normal text-ink-3 tabular-nums" aria-hidden>
        {Array.from({ length: ticks }, (_, index) => {
          const at = volume.fromAt + ((endAt - volume.fromAt) * index) / (ticks - 1)
          const clock = formatClock(at)
          return <span key={at}>{endAt - volume.fromAt > 600_000 ? clock.slice(0, 5) : clock}</span>
        })}
      </div>
    </div>
  )
}

function share(at: number, from: number, to: number): number {
  return Math.min(100, Math.max(0, ((at - from) / (to - from)) * 100))
}
