import { ArrowDown, ArrowUp } from 'lucide-react'
import type * as React from 'react'
import { classNames } from './class-names.ts'

/** How a column is sorted: the value of its cell's `aria-sort`. */
export type SortDirection = 'ascending' | 'descending'

/** What the head of a column that can be sorted takes. */
export interface SortButtonProps {
  readonly label: string
  /** Null while another column sorts. */
  readonly sort: SortDirection | null
  /** Pressed: sort by this column, the other way round if it already sorts. */
  readonly onSort: (direction: SortDirection) => void
  /** Figures stand at the right. */
  readonly end?: boolean | undefined
}

/** The head of a column that can be sorted. It stands in a cell with `role="columnheader"` and `aria-sort`. */
export function SortButton({
  label,
  sort,
  onSort,
  end = false,
}: SortButtonProps): React.JSX.Element {
  const Icon = sort === 'descending' ? ArrowDown : ArrowUp
  return (
    <button
      type="button"
      onClick={() => onSort(sort === 'ascending' ? 'descending' : 'ascending')}
      className={classNames(
        't-12 group inline-flex h-6 max-w-full items-center gap-1 rounded-sm font-medium text-ink-3 hover:text-ink',
        end && 'flex-row-reverse',
        sort !== null && 'text-ink-2',
      )}
    >
      <span className="cut">{label}</span>
      <Icon
        size={12}
        strokeWidth={2}
        className={classNames(
          'flex-none',
          sort === null && 'opacity-0 group-hover:opacity-56 group-focus-visible:opacity-56',
        )}
        aria-hidden
      />
    </button>
  )
}
