import type * as React from 'react'
import { classNames } from './class-names.ts'

/** One pair. */
export interface KeyValue {
  readonly label: string
  /** A dash where it does not apply; leave the pair out where there is nothing to know. */
  readonly value: React.ReactNode
  readonly mono?: boolean | undefined
}

/** What a list of pairs takes. */
export interface KeyValuesProps {
  readonly items: readonly KeyValue[]
  readonly className?: string | undefined
}

/** Names and values in two columns. Values wrap; nothing is cut. */
export function KeyValues({ items, className }: KeyValuesProps): React.JSX.Element {
  return (
    <dl
      className={classNames(
        'grid grid-cols-[minmax(88px,max-content)_minmax(0,1fr)] gap-x-3 gap-y-1 tabular-nums',
        className,
      )}
    >
      {items.map((item) => (
        <div key={item.label} className="contents">
          <dt className="text-ink-3">{item.label}</dt>
          <dd className={classNames('wrap-anywhere', item.mono === true && 'mono-12')}>
            {item.value}
          </dd>
        </div>
      ))}
    </dl>
  )
}
