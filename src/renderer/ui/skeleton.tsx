import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { classNames } from './class-names.ts'

/** What a skeleton takes. */
export interface SkeletonProps {
  /** How many lines are expected. */
  readonly lines?: number | undefined
  /** The height of a line in px; that of a row by default, so that nothing moves when the data arrive. */
  readonly lineHeight?: number | undefined
  readonly className?: string | undefined
}

const widths = ['56%', '80%', '68%', '74%'] as const

/** Stands for lines that are being loaded. It shows after 200 ms only: what is quick does not flicker. */
export function Skeleton({
  lines = 3,
  lineHeight = 32,
  className,
}: SkeletonProps): React.JSX.Element {
  const { t } = useTranslation('ui')
  return (
    <output className={classNames('skeleton block', className)}>
      <span className="hear-only">{t('loading')}</span>
      {Array.from({ length: lines }, (_, index) => index).map((line) => (
        <span key={line} className="flex items-center" style={{ height: lineHeight }}>
          <span
            className="block h-3 rounded-sm bg-track"
            style={{ width: widths[line % widths.length] }}
          />
        </span>
      ))}
    </output>
  )
}
