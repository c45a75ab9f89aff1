import * as React from 'react'
import { Controller } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { maxTimeoutMs } from '../../../shared/domain/server-definition.ts'
import { Field } from '../../ui/field.tsx'
import { NumberInput } from '../../ui/number-input.tsx'
import type { FieldsProps } from './basic-fields.tsx'
import { useIssueText } from './field-error.tsx'

/** A time in seconds. What is no time is said while it is typed. */
export function TimeField({
  control,
  name,
  label,
  hint,
}: FieldsProps & {
  readonly name: 'startSeconds' | 'callSeconds'
  readonly label: string
  readonly hint: string
}): React.JSX.Element {
  const { t } = useTranslation('serverForm')
  const issueText = useIssueText()
  const [isRefused, setRefused] = React.useState(false)
  return (
    <Controller
      control={control}
      name={name}
      render={({ field, fieldState }) => (
        <Field
          label={label}
          hint={hint}
          error={
            isRefused
              ? t('issue.digitsOnly')
              : issueText(isTime(field.value) ? fieldState.error?.message : 'timeout')
          }
        >
          <NumberInput
            value={field.value}
            onChange={field.onChange}
            onCommit={field.onBlur}
            onRefuse={setRefused}
            min={0}
            allowOutOfRange
            unit="s"
            placeholder={t('defaultValue')}
          />
        </Field>
      )}
    />
  )
}

/** Whether it is a time that a timer can wait, or the default. */
function isTime(seconds: number | null): boolean {
  return seconds === null || (seconds * 1000 >= 1 && seconds * 1000 <= maxTimeoutMs)
}
