import type * as React from 'react'
import { classNames } from './class-names.ts'
import { isShown } from './is-shown.ts'

/** What a section takes. */
export interface SectionProps {
  readonly title: React.ReactNode
  /** The level of the title among the headings of the page; 3 by default. */
  readonly level?: 2 | 3 | 4 | undefined
  /** At the right end of the title's line: a link, a small button. */
  readonly side?: React.ReactNode
  readonly className?: string | undefined
  readonly children: React.ReactNode
}

/** A titled part of a page or pane; its heading is what a screen reader finds it by. */
export function Section({
  title,
  level = 3,
  side,
  className,
  children,
}: SectionProps): React.JSX.Element {
  const Heading = `h${level}` as const
  return (
    <div className={classNames('flex flex-col gap-2', className)}>
      <div className="flex min-h-6 flex-none items-center gap-2">
        <Heading className="t-12 font-semibold text-ink-2">{title}</Heading>
        {isShown(side) && <span className="t-12 ml-auto flex items-center gap-2">{side}</span>}
      </div>
      {children}
    </div>
  )
}
