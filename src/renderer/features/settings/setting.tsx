import * as React from 'react'
import { FieldContext } from '../../ui/field-context.ts'
import { StateGlyph } from '../../ui/state-glyph.tsx'

/** One setting: its name and what it means at the left, its control at the right, tied together for the screen reader. */
export function Setting({
  label,
  hint,
  error = null,
  children,
}: {
  readonly label: string
  readonly hint?: string | undefined
  /** What is wrong with the value; it stands below the hint. */
  readonly error?: string | null
  /** One control of ui/, which takes its id and descriptions from here; or a text. */
  readonly children: React.ReactNode
}): React.JSX.Element {
  const id = React.useId()
  const described = [
    ...(hint === undefined ? [] : [`${id}h`]),
    ...(error === null ? [] : [`${id}e`]),
  ].join(' ')
  return (
    <div className="flex min-h-(--h-lg) flex-wrap items-start justify-between gap-x-6 gap-y-1 py-1">
      <div className="min-w-0 flex-1 basis-60">
        <label id={`${id}l`} htmlFor={`${id}c`} className="font-medium">
          {label}
        </label>
        {hint !== undefined && (
          <p id={`${id}h`} className="t-12 text-ink-3">
            {hint}
          </p>
        )}
        {error !== null && (
          <p id={`${id}e`} role="alert" data-tone="bad" className="t-12 flex gap-1 text-bad">
            <StateGlyph name="failed" size={12} className="mt-0.5" />
            {error}
          </p>
        )}
      </div>
      <div className="flex min-w-0 flex-none items-center">
        <FieldContext
          value={{
            controlId: `${id}c`,
            labelId: `${id}l`,
            describedBy: described === '' ? undefined : described,
            invalid: error !== null,
            required: false,
          }}
        >
          {children}
        </FieldContext>
      </div>
    </div>
  )
}
