import type * as React from 'react'
import { isShown } from './is-shown.ts'

/** What the column of a list takes. */
export interface ListColumnProps {
  /** What is listed; read aloud. */
  readonly label: string
  /** A search or filter above the list. */
  readonly head?: React.ReactNode
  readonly children: React.ReactNode
}

/** A list at the left whose choice fills the rest of the page. */
export function ListColumn({ label, head, children }: ListColumnProps): React.JSX.Element {
  return (
    <section
      aria-label={label}
      className="flex min-h-0 w-76 flex-none flex-col border-r border-line max-narrow:w-62 max-low:w-50"
    >
      {isShown(head) && (
        <div className="flex flex-none flex-col gap-2 border-b border-line p-2">{head}</div>
      )}
      {children}
    </section>
  )
}
