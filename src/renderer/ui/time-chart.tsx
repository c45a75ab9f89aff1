import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { formatClock } from './format.ts'
import { type ChartPoint, linePath, roundMax, xOf, yOf } from './line-path.ts'

const width = 600
const height = 48

/** What a chart takes. */
export interface TimeChartProps {
  /** What is drawn: `CPU`. */
  readonly label: string
  /** The value of now; null: there is none. */
  readonly now: number | null
  readonly points: readonly ChartPoint[]
  /** Milliseconds since the Unix epoch, at the left and at the right edge. */
  readonly fromAt: number
  readonly toAt: number
  /** The least that the upper edge stands for. */
  readonly least: number
  /** The longest time between two points of one line, in milliseconds. */
  readonly gapMs: number
  /** A value that is not to be exceeded; null: there is none. */
  readonly ceiling: number | null
  readonly format: (value: number) => string
}

/**
 * A value over time. The pointer, or Left and Right, go through its points and show each one's value and time; Escape goes back
 * to now.
 */
export function TimeChart(props: TimeChartProps): React.JSX.Element {
  const { label, now, points, fromAt, toAt, least, gapMs, ceiling, format } = props
  const { t } = useTranslation('ui')
  // By time, so that it stays on its point while others come.
  const [shownAt, setShownAt] = React.useState<number | null>(null)
  const inFrame = points.filter(({ at }) => at >= fromAt && at <= toAt)
  const index = inFrame.findIndex(({ at }) => at === shownAt)
  const shown = inFrame[index] ?? null
  const values = inFrame.map(({ value }) => value)
  const max = roundMax(ceiling === null ? values : [...values, ceiling], least)
  const frame = { fromAt, toAt, max, width, height }
  const last = inFrame.length - 1
  const value = shown === null ? now : shown.value
  const go = (to: number) => setShownAt(inFrame[Math.min(Math.max(0, to), last)]?.at ?? null)
  const onKeyDown = (event: React.KeyboardEvent) => {
    const here = shown === null ? last : index
    if (event.key === 'ArrowLeft') go(shown === null ? last : here - 1)
    else if (event.key === 'ArrowRight') go(here + 1)
    else if (event.key === 'Home') go(0)
    else if (event.key === 'End') go(last)
    else if (event.key === 'Escape' && shown !== null) setShownAt(null)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-baseline gap-2 tabular-nums">
        <span className="text-ink-3">{label}</span>
        <span>{value === null ? '–' : format(value)}</span>
        {shown !== null && <span className="t-12 text-ink-3">{formatClock(shown.at)}</span>}
        <span className="t-12 ml-auto text-ink-3">
          {ceiling === null
            ? t('chart.upTo', { max: format(max) })
            : t('chart.ceiling', { ceiling: format(ceiling) })}
        </span>
      </div>
      <div
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an input has no place for a line
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, last)}
        aria-valuenow={shown === null ? Math.max(0, last) : index}
        aria-valuetext={
          shown === null
            ? t('chart.now', { value: now === null ? '–' : format(now) })
            : t('chart.value', { value: format(shown.value), time: formatClock(shown.at) })
        }
        className="h-12 border-line border-b"
        onKeyDown={onKeyDown}
        onBlur={() => setShownAt(null)}
        onPointerLeave={() => setShownAt(null)}
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect()
          const at = fromAt + ((event.clientX - box.left) / box.width) * (toAt - fromAt)
          const nearest = inFrame.toSorted((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at))[0]
          setShownAt(nearest?.at ?? null)
        }}
      >
        <svg
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          className="block size-full overflow-visible fill-none"
          aria-hidden
        >
          {ceiling !== null && (
            <path
              d={`M0 ${yOf(ceiling, frame)}h${width}`}
              className="stroke-wait"
              strokeDasharray="4 4"
              vectorEffect="non-scaling-stroke"
            />
          )}
          {shown !== null && (
            <path
              d={`M${xOf(shown.at, frame)} 0v${height}`}
              className="stroke-line-control"
              vectorEffect="non-scaling-stroke"
            />
          )}
          <path
            d={linePath(inFrame, frame, gapMs)}
            className="stroke-ink-2"
            strokeWidth={1.25}
            strokeLinejoin="round"
            strokeLinecap="round"
            vectorEffect="non-scaling-stroke"
          />
        </svg>
      </div>
    </div>
  )
}
