import * as React from 'react'
import { Controller } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { Field } from '../../ui/field.tsx'
import { NumberInput } from '../../ui/number-input.tsx'
import { type AmountName, amountIssue, amounts } from './amounts.ts'
import { useIssueText } from './field-error.tsx'
import type { FieldsProps } from './fields-props.ts'

/** What the field takes. */
export interface AmountFieldProps extends FieldsProps {
  readonly name: AmountName
  readonly label: string
  readonly hint?: string
  /** What stands in it while it is left out: what that means. */
  readonly empty: string
}

/** A number that may be left out. What it cannot be is said while it is typed. */
export function AmountField({
  control,
  name,
  label,
  hint,
  empty,
}: AmountFieldProps): React.JSX.Element {
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
              : issueText(amountIssue(name, field.value) ?? fieldState.error?.message)
          }
        >
          <NumberInput
            value={field.value}
            onChange={field.onChange}
            onCommit={field.onBlur}
            onRefuse={setRefused}
            min={0}
            allowOutOfRange
            unit={t(`unit.${amounts[name].unit}`)}
            placeholder={empty}
          />
        </Field>
      )}
    />
  )
}
