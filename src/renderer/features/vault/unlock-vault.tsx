import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { useOpenVault } from './use-open-vault.ts'

/** Asks for the passphrase of the vault file and opens it. The passphrase leaves the page's memory with the answer. */
export function UnlockVault({ onUnlocked }: { readonly onUnlocked: () => void }) {
  const { t } = useTranslation('settings')
  const [passphrase, setPassphrase] = React.useState('')
  const { error, isBusy, open } = useOpenVault(() => {
    setPassphrase('')
    onUnlocked()
  })
  return (
    <form
      className="flex flex-col items-start gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        void open(passphrase)
      }}
    >
      <Field
        label={t('vault.passphrase')}
        hint={t('vault.passphraseHint')}
        error={error}
        className="w-full"
      >
        <TextInput
          type="password"
          autoComplete="off"
          value={passphrase}
          onChange={(event) => setPassphrase(event.target.value)}
        />
      </Field>
      <Button
        type="submit"
        variant="primary"
        className="self-end"
        disabled={passphrase === '' || isBusy}
      >
        {t('vault.unlock')}
      </Button>
    </form>
  )
}
