import type { LucideIcon } from 'lucide-react'
import type * as React from 'react'
import { classNames } from './class-names.ts'
import type { Tone } from './tone.ts'

/** What a badge takes. */
export interface BadgeProps {
  readonly icon?: LucideIcon | undefined
  /** Fills it with the soft colour of a tone; without one it is an outline. */
  readonly tone?: Tone | undefined
  readonly className?: string | undefined
  readonly children: React.ReactNode
}

/** A property of something in a word or two: `read-only`, `540 tokens`. */
export function Badge({ icon: Icon, tone, className, children }: BadgeProps): React.JSX.Element {
  return (
    <span
      data-tone={tone}
      className={classNames(
        't-12 inline-flex h-5 flex-none items-center gap-1 rounded-sm border px-2 whitespace-nowrap',
        tone === undefined
          ? 'border-line-strong text-ink-2'
          : 'border-transparent bg-soft text-tone',
        className,
      )}
    >
      {Icon !== undefined && (
        <Icon
          size={12}
          strokeWidth={2}
          className={classNames('flex-none', tone === undefined && 'text-ink-3')}
          aria-hidden
        />
      )}
      {children}
    </span>
  )
}
