import type * as React from 'react'
import { isShown } from './is-shown.ts'

/** What the bar of a page takes. */
export interface PageBarProps {
  readonly title: string
  /** A few figures after the title: `14`, `2,344 lines in 15 min`. */
  readonly count?: React.ReactNode
  /** Filters and buttons, at the right end. */
  readonly children?: React.ReactNode
}

/** The bar at the top of a page: its title, how much there is, what can be done. */
export function PageBar({ title, count, children }: PageBarProps): React.JSX.Element {
  return (
    <header className="flex h-11 flex-none items-center gap-2 border-b border-line px-4">
      <h1 className="t-14 whitespace-nowrap">{title}</h1>
      {isShown(count) && (
        <span className="t-12 cut text-ink-3 tabular-nums max-low:hidden">{count}</span>
      )}
      <div className="ml-auto flex flex-none items-center gap-2">{children}</div>
    </header>
  )
}
