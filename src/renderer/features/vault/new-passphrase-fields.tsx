import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { minPassphraseLength } from '../../../shared/domain/vault-passphrase.ts'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Field } from '../../ui/field.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { newPassphraseProblem } from './new-passphrase.ts'

/** A new passphrase while it is typed, twice. It leaves the page's memory with whoever uses this. */
export interface NewPassphrase {
  readonly value: string
  readonly isShown: boolean
  /** Told that the person thinks it is done. Answers whether it can be used; what is wrong is shown from then on. */
  readonly isReady: () => boolean
  readonly clear: () => void
  readonly fields: {
    readonly repeated: string
    readonly problem: ReturnType<typeof newPassphraseProblem>
    readonly setValue: (text: string) => void
    readonly setRepeated: (text: string) => void
    readonly setShown: (isShown: boolean) => void
  }
}

/** Keeps a new passphrase for `NewPassphraseFields`. */
export function useNewPassphrase(): NewPassphrase {
  const [value, setValue] = React.useState('')
  const [repeated, setRepeated] = React.useState('')
  const [isShown, setShown] = React.useState(false)
  /** Nothing is called wrong before the person thought it was done. */
  const [isTried, setTried] = React.useState(false)
  const problem = newPassphraseProblem(value, repeated)
  return {
    value,
    isShown,
    isReady: () => {
      setTried(true)
      return problem === null
    },
    clear: () => {
      setValue('')
      setRepeated('')
    },
    fields: { repeated, problem: isTried ? problem : null, setValue, setRepeated, setShown },
  }
}

/** What the fields take. */
export interface NewPassphraseFieldsProps {
  readonly label: string
  readonly passphrase: NewPassphrase
  /** What the host said of it; null: nothing. */
  readonly error?: string | null
}

/** Asks for a new passphrase, and for the same once more. */
export function NewPassphraseFields({
  label,
  passphrase: { value, isShown, fields },
  error = null,
}: NewPassphraseFieldsProps): React.JSX.Element {
  const { t } = useTranslation('settings')
  const { repeated, problem, setValue, setRepeated, setShown } = fields
  const type = isShown ? 'text' : 'password'
  return (
    <>
      <Field
        label={label}
        hint={t('vault.createHint', { min: minPassphraseLength })}
        error={problem === 'short' ? t('vault.short', { min: minPassphraseLength }) : error}
        className="w-full"
      >
        <TextInput
          type={type}
          autoComplete="new-password"
          value={value}
          onChange={(event) => setValue(event.target.value)}
        />
      </Field>
      <Field
        label={t('vault.repeat')}
        error={problem === 'differs' ? t('vault.differs') : null}
        className="w-full"
      >
        <TextInput
          type={type}
          autoComplete="new-password"
          value={repeated}
          onChange={(event) => setRepeated(event.target.value)}
        />
      </Field>
      <Checkbox checked={isShown} onChange={setShown}>
        {t('vault.show')}
      </Checkbox>
    </>
  )
}
