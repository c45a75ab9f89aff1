import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { minPassphraseLength } from '../../../shared/domain/vault-passphrase.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Field } from '../../ui/field.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { newPassphraseProblem } from './new-passphrase.ts'
import { useOpenVault } from './use-open-vault.ts'

/** Asks twice for the passphrase of a new vault file and makes it. The passphrase leaves the page's memory with the answer. */
export function CreateVault({ onUnlocked }: { readonly onUnlocked: () => void }) {
  const { t } = useTranslation('settings')
  const [passphrase, setPassphrase] = React.useState('')
  const [repeated, setRepeated] = React.useState('')
  const [isShown, setShown] = React.useState(false)
  /** Nothing is called wrong before the person thought it was done. */
  const [isTried, setTried] = React.useState(false)
  const { error, isBusy, open } = useOpenVault(() => {
    setPassphrase('')
    setRepeated('')
    onUnlocked()
  })
  const problem = newPassphraseProblem(passphrase, repeated)
  const shown = isTried ? problem : null
  const type = isShown ? 'text' : 'password'
  return (
    <form
      className="flex flex-col items-start gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (problem === null && !isBusy) void open(passphrase)
      }}
    >
      <Field
        label={t('vault.passphrase')}
        hint={t('vault.createHint', { min: minPassphraseLength })}
        error={shown === 'short' ? t('vault.short', { min: minPassphraseLength }) : error}
        className="w-full"
      >
        <TextInput
          type={type}
          autoComplete="new-password"
          value={passphrase}
          onChange={(event) => setPassphrase(event.target.value)}
        />
      </Field>
      <Field
        label={t('vault.repeat')}
        error={shown === 'differs' ? t('vault.differs') : null}
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
      <Button
        type="submit"
        variant="primary"
        className="self-end"
        disabled={passphrase === '' || isBusy}
      >
        {t('vault.create')}
      </Button>
    </form>
  )
}
