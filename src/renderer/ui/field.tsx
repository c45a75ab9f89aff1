import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { classNames } from './class-names.ts'
import { FieldContext } from './field-context.ts'
import { isShown } from './is-shown.ts'
import { StateGlyph } from './state-glyph.tsx'

/** What a field takes. */
export interface FieldProps {
  /** The name of the control. */
  readonly label: React.ReactNode
  /** The label as code: an argument, a variable. */
  readonly code?: boolean | undefined
  /** The type, in small code after the label: `integer, 1 to 100`. */
  readonly type?: React.ReactNode
  readonly required?: boolean | undefined
  /** Below the control: what the value means. An error takes its place. */
  readonly hint?: React.ReactNode
  /** What is wrong with the value; the control becomes invalid. */
  readonly error?: React.ReactNode
  /** At the right end of the label's line. */
  readonly side?: React.ReactNode
  readonly className?: string | undefined
  /** One control of this folder: it takes its id and descriptions from the field. */
  readonly children: React.ReactNode
}

/** A control with its label, hint and error, tied together for the screen reader. */
export function Field({
  label,
  code = false,
  type,
  required = false,
  hint,
  error,
  side,
  className,
  children,
}: FieldProps): React.JSX.Element {
  const { t } = useTranslation('ui')
  const id = React.useId()
  const hasError = isShown(error)
  const hasHint = isShown(hint) && !hasError
  const ids = {
    controlId: `${id}c`,
    labelId: `${id}l`,
    describedBy: hasError ? `${id}e` : hasHint ? `${id}h` : undefined,
    invalid: hasError,
    required,
  }
  return (
    <div className={classNames('flex min-w-0 flex-col gap-1', className)}>
      <div className="flex min-w-0 items-baseline gap-2">
        <label
          id={ids.labelId}
          htmlFor={ids.controlId}
          className={classNames('min-w-0 font-medium wrap-anywhere', code && 'mono-12')}
        >
          {label}
        </label>
        {isShown(type) && <span className="mono-11 text-ink-3">{type}</span>}
        {required && (
          <span className="t-12 text-ink-3" aria-hidden>
            {t('required')}
          </span>
        )}
        {isShown(side) && <span className="ml-auto">{side}</span>}
      </div>
      <FieldContext value={ids}>{children}</FieldContext>
      {hasHint && (
        <span id={`${id}h`} className="t-12 text-ink-3">
          {hint}
        </span>
      )}
      {hasError && (
        <span id={`${id}e`} role="alert" data-tone="bad" className="t-12 flex gap-1 text-bad">
          <StateGlyph name="failed" size={12} className="mt-0.5" />
          <span className="min-w-0 wrap-anywhere">{error}</span>
        </span>
      )}
    </div>
  )
}
