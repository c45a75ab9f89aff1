import type * as React from 'react'
import { Controller } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import type { InputVariable } from '../../../shared/domain/server-definition.ts'
import { Field } from '../../ui/field.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import type { FieldsProps } from './basic-fields.tsx'
import { FormGroup } from './form-group.tsx'
import { SecretInput } from './secret-input.tsx'

/** The values that the file of a VS Code server asks a person for. They go to the vault; what is there is never shown. */
export function InputFields({
  control,
  inputs,
}: FieldsProps & { readonly inputs: readonly InputVariable[] }): React.JSX.Element {
  const { t } = useTranslation('serverForm')
  return (
    <FormGroup label={t('inputs.label')} hint={t('inputs.hint')}>
      <div className="flex flex-col gap-3">
        {inputs.map((input, index) => (
          <Controller
            key={input.id}
            control={control}
            name={`inputs.${index}.value`}
            render={({ field }) => (
              <Field label={input.id} code hint={input.description ?? undefined}>
                {input.password ? (
                  <SecretInput
                    {...field}
                    name={input.id}
                    placeholder={input.default ?? t('inputs.placeholder')}
                  />
                ) : (
                  <TextInput
                    {...field}
                    mono
                    placeholder={input.default ?? t('inputs.placeholder')}
                  />
                )}
              </Field>
            )}
          />
        ))}
      </div>
    </FormGroup>
  )
}
