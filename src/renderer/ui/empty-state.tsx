import type * as React from 'react'
import { classNames } from './class-names.ts'
import { isShown } from './is-shown.ts'

/** What an empty place takes. */
export interface EmptyStateProps {
  /** What is not here: `No log lines match`. */
  readonly title: React.ReactNode
  /** The level of the title among the headings of the page; 2 by default. */
  readonly level?: 2 | 3 | 4 | undefined
  /** The way on; one primary button at most. */
  readonly actions?: React.ReactNode
  readonly className?: string | undefined
  /** Why, and what would bring something here. */
  readonly children?: React.ReactNode
}

/** What stands where nothing is yet: it teaches the next step. */
export function EmptyState({
  title,
  level = 2,
  actions,
  className,
  children,
}: EmptyStateProps): React.JSX.Element {
  const Heading = `h${level}` as const
  return (
    <div
      className={classNames(
        'flex flex-none flex-col items-start gap-2 rounded-lg border border-dashed border-line-strong p-5',
        className,
      )}
    >
      <Heading className="t-14">{title}</Heading>
      {isShown(children) && <div className="max-w-[72ch] text-ink-2">{children}</div>}
      {isShown(actions) && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </div>
  )
}
