import type { LucideIcon } from 'lucide-react'
import type * as React from 'react'
import { classNames } from './class-names.ts'
import { type GlyphName, StateGlyph } from './state-glyph.tsx'
import type { Tone } from './tone.ts'

/** What a pill takes. */
export interface PillProps {
  readonly tone: Tone
  readonly glyph?: GlyphName | undefined
  /** Of the glyph `retry`: the share of the wait that is left. */
  readonly left?: number | undefined
  readonly icon?: LucideIcon | undefined
  readonly className?: string | undefined
  readonly children: React.ReactNode
}

/** A state as a word on its soft ground: where it stands alone and must be found. */
export function Pill({
  tone,
  glyph,
  left,
  icon: Icon,
  className,
  children,
}: PillProps): React.JSX.Element {
  const bare = glyph === undefined && Icon === undefined
  return (
    <span
      data-tone={tone}
      className={classNames(
        't-12 inline-flex h-5 flex-none items-center gap-1 rounded-sm bg-soft pr-2 font-medium whitespace-nowrap text-tone',
        bare ? 'pl-2' : 'pl-1',
        className,
      )}
    >
      {glyph !== undefined && <StateGlyph name={glyph} left={left} size={14} />}
      {Icon !== undefined && <Icon size={14} strokeWidth={1.75} aria-hidden />}
      {children}
    </span>
  )
}
