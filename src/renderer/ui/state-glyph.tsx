import type * as React from 'react'
import { assertNever } from '../../shared/lib/assert-never.ts'
import { classNames } from './class-names.ts'

/** The glyphs of the state table. `starting-0` to `starting-2`: how many of the three segments are done. */
export type GlyphName =
  | 'running'
  | 'slow'
  | 'silent'
  | 'heavy'
  | 'starting-0'
  | 'starting-1'
  | 'starting-2'
  | 'stopping'
  | 'retry'
  | 'signin'
  | 'locked'
  | 'failed'
  | 'stopped'
  | 'idle'
  | 'asks'
  | 'held'
  | 'denied'

/** What a glyph takes. */
export interface StateGlyphProps {
  readonly name: GlyphName
  /** Width and height in px; 16 by default, readable down to 12. */
  readonly size?: number | undefined
  /** Of `retry`: the share of the wait that is left, 0 to 1. */
  readonly left?: number | undefined
  /** Read aloud. Without it the glyph is silent, and a word must stand beside it. */
  readonly label?: string | undefined
  readonly className?: string | undefined
}

/** A state as a shape, in the mark colour of the nearest tone; it reads without colour. */
export function StateGlyph({
  name,
  size = 16,
  left = 0.4,
  label,
  className,
}: StateGlyphProps): React.JSX.Element {
  const named = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label }
  return (
    <svg
      {...named}
      viewBox="0 0 16 16"
      width={size}
      height={size}
      fill="none"
      className={classNames('block flex-none text-mark', className)}
    >
      <Shape name={name} left={left} />
    </svg>
  )
}

const segments = [
  'M9.04 3.11A5 5 0 0 1 12.76 9.55',
  'M11.72 11.35A5 5 0 0 1 4.28 11.35',
  'M3.24 9.55A5 5 0 0 1 6.96 3.11',
]

function Starting({ done }: { readonly done: number }): React.JSX.Element {
  return (
    <g stroke="currentColor" strokeWidth={2.25}>
      {segments.map((d, index) => (
        <path
          key={d}
          d={d}
          {...(index === done && { className: 'glyph-now' })}
          {...(index > done && { opacity: 0.28 })}
        />
      ))}
    </g>
  )
}

/** Drawn on a fill: the colour that stands out from every mark. */
const cut = 'var(--on-state)'

function Shape({
  name,
  left,
}: {
  readonly name: GlyphName
  readonly left: number
}): React.JSX.Element {
  switch (name) {
    case 'running':
      return <circle cx={8} cy={8} r={4.5} fill="currentColor" />
    case 'slow':
      return (
        <>
          <path
            d="M8 2.2a1 1 0 0 1 .87.5l5.4 9.5a1 1 0 0 1-.87 1.5H2.6a1 1 0 0 1-.87-1.5l5.4-9.5A1 1 0 0 1 8 2.2Z"
            fill="currentColor"
          />
          <path d="M8 6.2v3.4M8 11.6v.1" stroke={cut} strokeWidth={1.5} strokeLinecap="round" />
        </>
      )
    case 'silent':
      return (
        <>
          <circle cx={8} cy={8} r={5.75} fill="currentColor" />
          <path d="M5 8h6" stroke={cut} strokeWidth={1.75} strokeLinecap="round" />
        </>
      )
    case 'heavy':
      return (
        <>
          <path d="M2.5 3h11" stroke="currentColor" strokeWidth={1.75} strokeLinecap="round" />
          <path
            d="M8 5.6 13 13.2H3Z"
            fill="currentColor"
            stroke="currentColor"
            strokeWidth={1}
            strokeLinejoin="round"
          />
        </>
      )
    case 'starting-0':
      return <Starting done={0} />
    case 'starting-1':
      return <Starting done={1} />
    case 'starting-2':
      return <Starting done={2} />
    case 'stopping':
      return (
        <>
          <circle cx={8} cy={8} r={5} stroke="currentColor" strokeWidth={1.5} />
          <rect x={6} y={6} width={4} height={4} rx={0.5} fill="currentColor" />
        </>
      )
    case 'retry':
      return (
        <>
          <circle cx={8} cy={8} r={5.5} stroke="currentColor" strokeWidth={1.5} />
          {/* A thick stroke on a small circle is a wedge: 11 is its circumference. */}
          <circle
            cx={8}
            cy={8}
            r={1.75}
            stroke="currentColor"
            strokeWidth={3.5}
            strokeDasharray={`${Math.min(1, Math.max(0, left)) * 11} 11`}
            transform="rotate(-90 8 8)"
          />
        </>
      )
    case 'signin':
      return (
        <>
          <circle cx={5.6} cy={10.4} r={3} stroke="currentColor" strokeWidth={1.75} />
          <path
            d="M7.9 8.1 13.2 2.8M10.6 5.4l2.2 2.2"
            stroke="currentColor"
            strokeWidth={1.75}
            strokeLinecap="round"
          />
        </>
      )
    case 'locked':
      return (
        <>
          <rect
            x={3}
            y={7}
            width={10}
            height={6.8}
            rx={1.5}
            stroke="currentColor"
            strokeWidth={1.6}
          />
          <path d="M5.3 7V5a2.7 2.7 0 0 1 5.4 0v2" stroke="currentColor" strokeWidth={1.6} />
          <path d="M8 9.6v1.6" stroke="currentColor" strokeWidth={1.75} strokeLinecap="round" />
        </>
      )
    case 'failed':
      return (
        <>
          <path
            d="M5.4 1.8h5.2l3.6 3.6v5.2l-3.6 3.6H5.4l-3.6-3.6V5.4Z"
            fill="currentColor"
            stroke="currentColor"
            strokeWidth={0.8}
            strokeLinejoin="round"
          />
          <path
            d="m5.9 5.9 4.2 4.2m0-4.2-4.2 4.2"
            stroke={cut}
            strokeWidth={1.5}
            strokeLinecap="round"
          />
        </>
      )
    case 'stopped':
      return <circle cx={8} cy={8} r={4.25} stroke="currentColor" strokeWidth={1.5} />
    case 'idle':
      return (
        <>
          <circle
            cx={8}
            cy={8}
            r={4.75}
            stroke="currentColor"
            strokeWidth={1.5}
            strokeDasharray="1.9 1.83"
          />
          <circle cx={8} cy={8} r={1.5} fill="currentColor" />
        </>
      )
    case 'asks':
      return (
        <>
          <path
            d="M8 1.8 13.4 4v4c0 3.2-2.3 5.3-5.4 6.3C4.9 13.3 2.6 11.2 2.6 8V4Z"
            fill="currentColor"
          />
          <path
            d="M6.3 6.3a1.75 1.75 0 1 1 2.5 1.6c-.6.3-.8.6-.8 1.1M8 11v.1"
            stroke={cut}
            strokeWidth={1.4}
            strokeLinecap="round"
          />
        </>
      )
    case 'held':
      return (
        <>
          <rect x={3} y={7} width={10} height={6.8} rx={1.5} fill="currentColor" />
          <path d="M5.3 7V5a2.7 2.7 0 0 1 5.4 0v2" stroke="currentColor" strokeWidth={1.6} />
        </>
      )
    case 'denied':
      return (
        <g stroke="currentColor" strokeWidth={1.5}>
          <circle cx={8} cy={8} r={5.25} />
          <path d="m4.4 4.4 7.2 7.2" />
        </g>
      )
    default:
      return assertNever(name)
  }
}
