import type * as React from 'react'
import { classNames } from './class-names.ts'
import { type GlyphName, StateGlyph } from './state-glyph.tsx'
import type { Tone } from './tone.ts'

/** What a state as a word takes. */
export interface StateWordProps {
  readonly tone: Tone
  /** Before the word; none where the row has its glyph elsewhere. */
  readonly glyph?: GlyphName | undefined
  /** Of the glyph `retry`: the share of the wait that is left. */
  readonly left?: number | undefined
  readonly size?: 12 | 14 | 16 | undefined
  readonly className?: string | undefined
  readonly children: React.ReactNode
}

/** A state as a word. What is fine or at rest stays grey, so that colour in a column of states means: look here. */
export function StateWord({
  tone,
  glyph,
  left,
  size = 16,
  className,
  children,
}: StateWordProps): React.JSX.Element {
  return (
    <span
      data-tone={tone}
      className={classNames('inline-flex items-center gap-1 whitespace-nowrap', className)}
    >
      {glyph !== undefined && <StateGlyph name={glyph} left={left} size={size} />}
      <span className={tone === 'ok' || tone === 'off' ? 'text-ink-2' : 'text-tone'}>
        {children}
      </span>
    </span>
  )
}
