import type * as React from 'react'
import { formatAgo, formatMoment } from './format.ts'
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
  const now = useNow(5_000)
  return (
    <time dateTime={new Date(at).toISOString()} title={formatMoment(at)} className={className}>
      {formatAgo(at, now)}
    </time>
  )
}
