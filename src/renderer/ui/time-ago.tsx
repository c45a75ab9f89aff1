import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { agoOf, formatDate, formatMoment } from './format.ts'
import { useNow } from './use-now.ts'

/** How long ago a moment was, kept up to date; the moment itself on hover. */
export function TimeAgo({
  at,
  className,
}: {
  /** Milliseconds since the Unix epoch. */
  readonly at: number
  readonly className?: string | undefined
}): React.JSX.Element {
  const { t } = useTranslation('ui')
  const ago = agoOf(at, useNow(5_000))
  return (
    <time dateTime={new Date(at).toISOString()} title={formatMoment(at)} className={className}>
      {ago.unit === 'date' && formatDate(at)}
      {ago.unit === 'now' && t('ago.now')}
      {'count' in ago && t(`ago.${ago.unit}`, { count: ago.count })}
    </time>
  )
}
