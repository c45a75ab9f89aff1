import type * as React from 'react'
import { Controller, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { defaultTimeouts } from '../../../shared/domain/server-definition.ts'
import { Field } from '../../ui/field.tsx'
import { formatNumber } from '../../ui/format.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { AmountField } from './amount-field.tsx'
import type { FieldsProps } from './basic-fields.tsx'
import { useIssueText } from './field-error.tsx'
import { FormGroup } from './form-group.tsx'

/** How long the server may take, and which of its tools clients see. */
export function LimitFields({ control }: FieldsProps): React.JSX.Element {
  const { t } = useTranslation('serverForm')
  const issueText = useIssueText()
  const toolFilter = useWatch({ control, name: 'toolFilter' })
  const { startMs, callMs } = defaultTimeouts
  const times = [
    { name: 'startSeconds', ms: startMs, label: t('startTimeout'), hint: t('startTimeoutHint') },
    { name: 'callSeconds', ms: callMs, label: t('callTimeout'), hint: t('callTimeoutHint') },
  ] as const
  const lists = [
    ...(toolFilter === 'only' ? [{ name: 'allow' as const, label: t('tools.allow') }] : []),
    { name: 'deny' as const, label: t('tools.deny') },
  ]
  return (
    <>
      <div className="grid grid-cols-[repeat(auto-fit,minmax(160px,1fr))] gap-4">
        {times.map(({ name, ms, label, hint }) => (
          <AmountField
            key={name}
            control={control}
            name={name}
            label={label}
            hint={hint}
            empty={t('defaultValue', { value: formatNumber(ms / 1_000) })}
          />
        ))}
      </div>
      <FormGroup label={t('tools.label')}>
        <Controller
          control={control}
          name="toolFilter"
          render={({ field }) => (
            <Segmented
              label={t('tools.label')}
              className="self-start"
              segments={[
                { value: 'all', label: t('tools.all') },
                { value: 'only', label: t('tools.only') },
              ]}
              value={field.value}
              onChange={field.onChange}
            />
          )}
        />
      </FormGroup>
      {lists.map(({ name, label }) => (
        <Controller
          key={name}
          control={control}
          name={name}
          render={({ field, fieldState }) => (
            <Field
              label={label}
              hint={t('tools.hint')}
              error={issueText(fieldState.error?.message)}
            >
              <TextArea {...field} mono rows={name === 'allow' ? 3 : 1} />
            </Field>
          )}
        />
      ))}
    </>
  )
}
