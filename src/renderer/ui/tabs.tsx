import { Tabs as Base } from '@base-ui/react/tabs'
import type * as React from 'react'
import { classNames } from './class-names.ts'
import { formatNumber } from './format.ts'

/** One tab. */
export interface TabItem<V extends string> {
  readonly value: V
  readonly label: string
  readonly count?: number | undefined
}

/** What tabs take. */
export interface TabsProps<V extends string> {
  /** What the tabs are of; read aloud. */
  readonly label: string
  readonly items: readonly TabItem<V>[]
  readonly value: V
  readonly onChange: (value: V) => void
  /** Without the 16 px at both ends of the row: where the tabs stand in something padded. */
  readonly flush?: boolean | undefined
  readonly className?: string | undefined
  /** A TabPanel for each tab. */
  readonly children: React.ReactNode
}

/** Views of one thing, one at a time. Arrow keys move between the tabs and show them. */
export function Tabs<V extends string>({
  label,
  items,
  value,
  onChange,
  flush = false,
  className,
  children,
}: TabsProps<V>): React.JSX.Element {
  return (
    <Base.Root
      value={value}
      onValueChange={(next: unknown) => {
        const item = items.find((candidate) => candidate.value === next)
        if (item !== undefined) onChange(item.value)
      }}
      className={classNames('flex min-h-0 min-w-0 flex-1 flex-col', className)}
    >
      <Base.List
        aria-label={label}
        activateOnFocus
        className={classNames(
          'scroll flex flex-none gap-4 overflow-y-hidden border-b border-line max-narrow:gap-3',
          !flush && 'px-4',
        )}
      >
        {items.map((item) => (
          <Base.Tab key={item.value} value={item.value} className="tab h-8 flex-none rounded-sm">
            {item.label}
            {item.count !== undefined && (
              <span className="t-12 ml-1 text-ink-3 tabular-nums">{formatNumber(item.count)}</span>
            )}
          </Base.Tab>
        ))}
      </Base.List>
      {children}
    </Base.Root>
  )
}

/** What a tab's panel takes. */
export interface TabPanelProps<V extends string> {
  /** The tab it belongs to. */
  readonly value: V
  readonly className?: string | undefined
  readonly children: React.ReactNode
}

/** What one tab shows; it exists only while its tab is chosen. */
export function TabPanel<V extends string>({
  value,
  className,
  children,
}: TabPanelProps<V>): React.JSX.Element {
  return (
    <Base.Panel
      value={value}
      className={classNames(
        'scroll min-h-0 min-w-0 flex-1 focus-visible:-outline-offset-2',
        className,
      )}
    >
      {children}
    </Base.Panel>
  )
}
