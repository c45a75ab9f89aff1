import type * as React from 'react'
import { Controller, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { defaultTimeouts } from '../../../shared/domain/server-definition.ts'
import { Field } from '../../ui/field.tsx'
import { formatNumber } from '../../ui/format.ts'
import { TextArea } from '../../ui/text-area.tsx'
import { ChoiceField } from './choice-field.tsx'
import { useIssueText } from './field-error.tsx'
import { AmountRow } from './field-row.tsx'
import type { FieldsProps } from './fields-props.ts'

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
      <AmountRow
        control={control}
        amounts={times.map(({ ms, ...time }) => ({
          ...time,
          empty: t('defaultValue', { value: formatNumber(ms / 1_000) }),
        }))}
      />
      <ChoiceField
        control={control}
        name="toolFilter"
        label={t('tools.label')}
        segments={[
          { value: 'all', label: t('tools.all') },
          { value: 'only', label: t('tools.only') },
        ]}
      />
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
