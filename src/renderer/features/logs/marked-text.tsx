import type * as React from 'react'
import { classNames } from '../../ui/class-names.ts'
import { type AnsiColor, type AnsiStyle, parseAnsi } from './ansi.ts'
import { type HitRange, markSpans } from './mark-spans.ts'

/** Our own tones: a terminal's colours could not be read on both grounds. */
const inks: Record<AnsiColor, string> = {
  grey: 'text-ink-3',
  red: 'text-bad',
  green: 'text-ok',
  yellow: 'text-wait',
  blue: 'text-accent',
  magenta: 'text-you',
  cyan: 'text-(--syn-string)',
}
const grounds: Record<AnsiColor, string> = {
  grey: 'bg-track',
  red: 'bg-bad-soft',
  green: 'bg-ok-soft',
  yellow: 'bg-wait-soft',
  blue: 'bg-busy-soft',
  magenta: 'bg-you-soft',
  cyan: 'bg-accent-soft',
}

/** What a text with colours and hits takes. */
export interface MarkedTextProps {
  /** With a terminal's escape sequences. */
  readonly text: string
  /** Hits in the text as it is shown, in order. */
  readonly ranges: readonly HitRange[]
  /** Whether it holds the hit that one is at. */
  readonly isCurrent: boolean
}

/** A server's text with its colours, and search hits marked. Always text, never markup. */
export function MarkedText({ text, ranges, isCurrent }: MarkedTextProps): React.JSX.Element[] {
  return markSpans(parseAnsi(text), ranges).map((span) => {
    const classes = classesOf(span.style)
    if (span.isHit) {
      return (
        <mark
          key={span.start}
          className={classNames('log-hit', isCurrent && 'log-hit-now', weightOf(span.style))}
        >
          {span.text}
        </mark>
      )
    }
    return (
      <span key={span.start} className={classes === '' ? undefined : classes}>
        {span.text}
      </span>
    )
  })
}

function classesOf(style: AnsiStyle): string {
  const { color, ground, dim } = style
  return classNames(
    // On a coloured ground only the strongest ink can be read everywhere.
    ground !== null && `${grounds[ground]} text-ink`,
    ground === null && color !== null && inks[color],
    ground === null && color === null && dim && 'text-ink-3',
    weightOf(style),
  )
}

function weightOf({ bold, italic, underline, strike }: AnsiStyle): string {
  return classNames(
    bold && 'font-semibold',
    italic && 'italic',
    underline && 'underline',
    strike && 'line-through',
  )
}
