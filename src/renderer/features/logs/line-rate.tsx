import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../ui/format.ts'
import { useNow } from '../../ui/use-now.ts'
import { countAt, type RateSample, rateOf } from './lines-per-second.ts'

/** How many lines came in the last second or so, and how many were lost. */
export function LineRate({
  arrived,
  dropped,
}: {
  readonly arrived: number
  readonly dropped: number
}): React.JSX.Element {
  const { t } = useTranslation('logs')
  const now = useNow(1_000)
  const [samples, setSamples] = React.useState<readonly RateSample[]>([])
  const next = countAt(samples, now, arrived)
  // One more sample per tick; React renders again before anything is drawn.
  if (next !== samples) setSamples(next)
  const rate = rateOf(next)
  return (
    <span className="text-ink-3 tabular-nums">
      {t('rate', { count: rate, rate: formatNumber(rate), dropped: formatNumber(dropped) })}
    </span>
  )
}
