import { Progress as Base } from '@base-ui/react/progress'
import type * as React from 'react'
import { classNames } from './class-names.ts'

/** What a progress bar takes. */
export interface ProgressProps {
  /** What is under way; read aloud. */
  readonly label: string
  /** 0 to 1; null while nobody knows. */
  readonly share: number | null
  /** The figures beside it: `14.2 of 22.9 MB, 4 s left`. */
  readonly figures?: string | undefined
  readonly className?: string | undefined
}

/** Long work, with its figures: a bar alone says too little. */
export function Progress({ label, share, figures, className }: ProgressProps): React.JSX.Element {
  return (
    <Base.Root
      aria-label={label}
      value={share === null ? null : Math.round(Math.min(1, Math.max(0, share)) * 100)}
      {...(figures === undefined ? {} : { getAriaValueText: () => figures })}
      className={classNames('flex min-w-0 items-center gap-2', className)}
    >
      <Base.Track className="h-1 min-w-12 flex-1 overflow-hidden rounded-full bg-track">
        <Base.Indicator className="progress-bar h-full bg-accent-solid transition-[width] duration-(--base)" />
      </Base.Track>
      {figures !== undefined && (
        <span className="t-12 flex-none text-ink-2 tabular-nums" aria-hidden>
          {figures}
        </span>
      )}
    </Base.Root>
  )
}
