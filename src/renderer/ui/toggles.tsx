import { Toggle } from '@base-ui/react/toggle'
import { ToggleGroup } from '@base-ui/react/toggle-group'
import type * as React from 'react'
import { classNames } from './class-names.ts'
import { formatNumber } from './format.ts'
import { type GlyphName, StateGlyph } from './state-glyph.tsx'
import type { Tone } from './tone.ts'

/** One of the values that can be on. */
export interface ToggleOption<V extends string> {
  readonly value: V
  readonly label: string
  readonly count?: number | undefined
  /** A glyph before the label, in the colour of its tone. */
  readonly glyph?: { readonly name: GlyphName; readonly tone: Tone } | undefined
}

/** What a row of toggles takes. */
export interface TogglesProps<V extends string> {
  /** What is chosen here; read aloud. */
  readonly label: string
  readonly options: readonly ToggleOption<V>[]
  /** The values that are on. */
  readonly value: readonly V[]
  /** The values that are on now, in the order of the options. */
  readonly onChange: (value: V[]) => void
  readonly className?: string | undefined
}

/** Any of a few values side by side: log levels, kinds. */
export function Toggles<V extends string>({
  label,
  options,
  value,
  onChange,
  className,
}: TogglesProps<V>): React.JSX.Element {
  return (
    <ToggleGroup
      aria-label={label}
      multiple
      value={value}
      onValueChange={(pressed) =>
        onChange(options.map((option) => option.value).filter((option) => pressed.includes(option)))
      }
      className={classNames('inline-flex flex-none', className)}
    >
      {options.map((option) => (
        <Toggle
          key={option.value}
          value={option.value}
          className="t-12 -ml-px inline-flex h-6 items-center gap-1 border border-line-strong px-2 whitespace-nowrap text-ink-3 select-none first:ml-0 first:rounded-l-sm last:rounded-r-sm hover:bg-hover focus-visible:relative focus-visible:z-1 data-pressed:bg-selected data-pressed:font-medium data-pressed:text-ink"
        >
          {option.glyph !== undefined && (
            <span data-tone={option.glyph.tone} className="flex">
              <StateGlyph name={option.glyph.name} size={12} />
            </span>
          )}
          {option.label}
          {option.count !== undefined && (
            <span className="font-normal text-ink-3 tabular-nums">
              {formatNumber(option.count)}
            </span>
          )}
        </Toggle>
      ))}
    </ToggleGroup>
  )
}
