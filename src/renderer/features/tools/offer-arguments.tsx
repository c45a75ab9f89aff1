import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { SchemaProblem } from '../../../shared/contract/tools.ts'
import { Field } from '../../ui/field.tsx'
import { JsonEditor } from '../../ui/json-editor.tsx'
import type { Offer } from './offer.ts'
import { changeOfferForm, parseArgs, useOfferForm } from './offer-forms.ts'
import { formOf } from './schema-form/form-state.ts'
import { SchemaForm } from './schema-form/schema-form.tsx'

/** The arguments of an offer: as a form, or as JSON. */
export function OfferArguments({
  offer,
  problems,
}: {
  readonly offer: Offer
  readonly problems: readonly SchemaProblem[]
}): React.JSX.Element {
  const { t } = useTranslation('tools')
  const { form, jsonText, showsAll } = useOfferForm(offer)
  if (jsonText === null) {
    return (
      <SchemaForm
        label={t('arguments')}
        schema={offer.schema}
        state={form}
        problems={problems}
        showsAll={showsAll}
        onChange={(change) =>
          changeOfferForm(offer, (last) => ({ ...last, form: change(last.form) }))
        }
      />
    )
  }
  const read = parseArgs(jsonText)
  const fault =
    'fault' in read
      ? read.fault === ''
        ? t('form.notObject')
        : t('form.notJson', { reason: read.fault })
      : null
  const isTouched = showsAll || Object.keys(form.args).length > 0
  const found = (isTouched ? problems : [])
    .map(({ path, message }) => `${path} ${message}`.trim())
    .join('\n')
  return (
    <Field
      label={t('arguments')}
      error={fault ?? (found === '' ? null : <span className="whitespace-pre-line">{found}</span>)}
    >
      <JsonEditor
        value={jsonText}
        minLines={6}
        maxLines={20}
        onChange={(text) =>
          changeOfferForm(offer, (last) => {
            const next = parseArgs(text)
            return {
              ...last,
              jsonText: text,
              form: 'args' in next ? formOf(next.args) : last.form,
            }
          })
        }
      />
    </Field>
  )
}
