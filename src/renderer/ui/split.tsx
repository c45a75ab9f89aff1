import type * as React from 'react'

/** What a split takes. */
export interface SplitProps {
  /** A Pane while something is chosen, else null. */
  readonly pane: React.ReactNode
  /** The list. */
  readonly children: React.ReactNode
}

/** A list with the details of what is chosen at its right. */
export function Split({ pane, children }: SplitProps): React.JSX.Element {
  return (
    <div className="relative flex min-h-0 flex-1">
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">{children}</div>
      {pane}
    </div>
  )
}
