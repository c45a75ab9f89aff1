import type * as React from 'react'
import { classNames } from './class-names.ts'
import { isShown } from './is-shown.ts'
import { type GlyphName, StateGlyph } from './state-glyph.tsx'
import type { Tone } from './tone.ts'

/** What a case takes. */
export interface CaseProps {
  readonly tone: Tone
  readonly glyph?: GlyphName | undefined
  /** What happened, in one sentence. */
  readonly title: React.ReactNode
  /** The level of the title among the headings of the page; 3 by default. */
  readonly level?: 2 | 3 | 4 | undefined
  /** At the right end of the head. */
  readonly side?: React.ReactNode
  /** The buttons that mend it; the first one is the answer. */
  readonly actions?: React.ReactNode
  /** Below a line at the end: what is secondary. */
  readonly foot?: React.ReactNode
  readonly className?: string | undefined
  /** Why, and what to do. */
  readonly children?: React.ReactNode
}

/** A box that explains: what happened, why, and what to do. */
export function Case({
  tone,
  glyph,
  title,
  level = 3,
  side,
  actions,
  foot,
  className,
  children,
}: CaseProps): React.JSX.Element {
  const Heading = `h${level}` as const
  const hasBody = isShown(children) || isShown(actions)
  return (
    <section
      data-tone={tone}
      className={classNames('case flex-none overflow-hidden rounded-lg border', className)}
    >
      <div className="flex min-h-9 items-center gap-2 bg-soft px-3 py-[7px]">
        {glyph !== undefined && <StateGlyph name={glyph} />}
        <Heading className="t-13 min-w-0 font-semibold wrap-anywhere">{title}</Heading>
        {isShown(side) && <span className="ml-auto flex flex-none gap-2">{side}</span>}
      </div>
      {hasBody && (
        <div className="case-body flex flex-col gap-3 p-3 text-ink-2">
          {children}
          {isShown(actions) && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
        </div>
      )}
      {isShown(foot) && (
        <div className="flex flex-wrap items-center gap-2 border-t border-line px-3 py-[7px]">
          {foot}
        </div>
      )}
    </section>
  )
}
