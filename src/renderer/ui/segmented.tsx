import { Toggle } from '@base-ui/react/toggle'
import { ToggleGroup } from '@base-ui/react/toggle-group'
import type * as React from 'react'
import { classNames } from './class-names.ts'
import { formatNumber } from './format.ts'

/** One segment. */
export interface Segment<V extends string> {
  readonly value: V
  readonly label: string
  readonly count?: number | undefined
}

/** What a segmented control takes. */
export interface SegmentedProps<V extends string> {
  /** What is chosen here; read aloud. */
  readonly label: string
  readonly segments: readonly Segment<V>[]
  readonly value: V
  readonly onChange: (value: V) => void
  readonly disabled?: boolean | undefined
  readonly className?: string | undefined
}

/** One of two to five values that stand side by side. Arrow keys move, Enter or Space chooses. */
export function Segmented<V extends string>({
  label,
  segments,
  value,
  onChange,
  disabled = false,
  className,
}: SegmentedProps<V>): React.JSX.Element {
  return (
    <ToggleGroup
      aria-label={label}
      value={[value]}
      disabled={disabled}
      onValueChange={(pressed) => {
        // Pressing the chosen one again would leave none.
        const next = segments.find((segment) => pressed.includes(segment.value))
        if (next !== undefined) onChange(next.value)
      }}
      className={classNames('inline-flex flex-none gap-0.5 rounded-md bg-track p-0.5', className)}
    >
      {segments.map((segment) => (
        <Toggle
          key={segment.value}
          value={segment.value}
          className="t-12 inline-flex h-6 items-center gap-1 rounded-sm px-2 font-medium whitespace-nowrap text-ink-2 ring-line-strong select-none hover:text-ink disabled:text-ink-3 data-pressed:bg-raised data-pressed:text-ink data-pressed:ring-1"
        >
          {segment.label}
          {segment.count !== undefined && (
            <span className="font-normal text-ink-3 tabular-nums">
              {formatNumber(segment.count)}
            </span>
          )}
        </Toggle>
      ))}
    </ToggleGroup>
  )
}
