import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { StateGlyph } from '../../../ui/state-glyph.tsx'
import type { Field } from './field.ts'
import { fieldHint, typeText } from './field-texts.tsx'

/** What a group takes. */
export interface GroupBoxProps {
  readonly name: string
  readonly field: Field
  readonly description: string | null
  readonly required: boolean
  readonly problem: string | null
  readonly side: React.ReactNode
  readonly children: React.ReactNode
}

/** Fields that belong together, beside a line, under the name of what they make up. */
export function GroupBox({
  name,
  field,
  description,
  required,
  problem,
  side,
  children,
}: GroupBoxProps): React.JSX.Element {
  const { t } = useTranslation('tools')
  const id = React.useId()
  const hint = fieldHint(field, description, t)
  return (
    <fieldset
      aria-labelledby={id}
      className="col-span-full flex min-w-0 flex-col gap-2 border-l-2 border-line pl-3"
    >
      <div className="flex min-h-6 min-w-0 flex-wrap items-baseline gap-2">
        <span id={id} className="mono-12 min-w-0 font-medium wrap-anywhere">
          {name === '' ? t('form.value') : name}
        </span>
        <span className="mono-11 text-ink-3">{typeText(field, t)}</span>
        {required && <span className="t-12 text-ink-3">{t('form.required')}</span>}
        <span className="ml-auto flex items-center gap-1">{side}</span>
      </div>
      {hint !== null && <span className="t-12 text-ink-3">{hint}</span>}
      {problem !== null && (
        <span role="alert" data-tone="bad" className="t-12 flex gap-1 text-bad">
          <StateGlyph name="failed" size={12} className="mt-0.5" />
          <span className="min-w-0 wrap-anywhere">{problem}</span>
        </span>
      )}
      {children}
    </fieldset>
  )
}
