import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { Select } from '../../ui/select.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { SecretInput } from '../server-form/secret-input.tsx'
import type { AskedInput } from './asked-inputs.ts'

/** The control for the value of an input, inside a Field: a choice, a masked text, or a text. */
export function InputControl({
  input,
  value,
  onChange,
  onBlur,
  placeholder,
}: {
  readonly input: AskedInput
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onBlur?: () => void
  /** Stands for no value. */
  readonly placeholder?: string | undefined
}): React.JSX.Element {
  const { t } = useTranslation('inputs')
  if (input.options.length > 0) {
    return (
      <Select
        options={input.options.map((option) => ({
          value: option.value,
          label: option.label,
          hint: option.label === option.value ? undefined : option.value,
        }))}
        value={value === '' ? null : value}
        onChange={onChange}
        placeholder={placeholder ?? t('choose')}
      />
    )
  }
  const props = {
    value,
    placeholder,
    onBlur,
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => onChange(event.target.value),
  }
  return input.password ? <SecretInput {...props} name={input.id} /> : <TextInput {...props} mono />
}

/** What stands below an input: what its file says, and why a person is asked what VS Code has a command for. */
export function useInputHint(): (
  input: Pick<AskedInput, 'description' | 'type'>,
) => string | undefined {
  const { t } = useTranslation('inputs')
  return ({ description, type }) => {
    if (type !== 'command') return description ?? undefined
    return description === null ? t('byCommand') : `${description} ${t('byCommand')}`
  }
}
