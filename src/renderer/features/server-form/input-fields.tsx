import type * as React from 'react'
import { Controller } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import type { ErrorInfo } from '../../../shared/domain/errors.ts'
import type { InputVariable } from '../../../shared/domain/server-definition.ts'
import { Field } from '../../ui/field.tsx'
import { InputControl, useInputHint } from '../inputs/input-control.tsx'
import type { FieldsProps } from './fields-props.ts'
import { FormGroup } from './form-group.tsx'

/** The values that the file of a VS Code server asks a person for. They go to the vault; what is there is never shown. */
export function InputFields({
  control,
  inputs,
  problem,
}: FieldsProps & {
  readonly inputs: readonly InputVariable[]
  /** What stands against a start of what the form says; null: nothing known. */
  readonly problem: ErrorInfo | null
}): React.JSX.Element {
  const { t } = useTranslation('serverForm')
  const missing = problem?.code === 'input_missing' ? problem.data['inputs'] : null
  const isMissing = (id: string) => Array.isArray(missing) && missing.includes(id)
  const hintOf = useInputHint()
  const standInOf = ({ id, default: standIn }: InputVariable) =>
    standIn ?? (isMissing(id) ? undefined : t('inputs.placeholder'))
  return (
    <FormGroup label={t('inputs.label')} hint={t('inputs.hint')}>
      <div className="flex flex-col gap-3">
        {inputs.map((input, index) => (
          <Controller
            key={input.id}
            control={control}
            name={`inputs.${index}.value`}
            render={({ field }) => (
              <Field
                label={input.id}
                code
                hint={hintOf(input)}
                side={
                  isMissing(input.id) && (
                    <span data-tone="wait" className="t-12 text-tone">
                      {t('inputs.missing')}
                    </span>
                  )
                }
              >
                <InputControl
                  input={input}
                  value={field.value}
                  onChange={field.onChange}
                  onBlur={field.onBlur}
                  placeholder={standInOf(input)}
                />
              </Field>
            )}
          />
        ))}
      </div>
    </FormGroup>
  )
}
