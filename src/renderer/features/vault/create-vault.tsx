import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { NewPassphraseFields, useNewPassphrase } from './new-passphrase-fields.tsx'
import { useOpenVault } from './use-open-vault.ts'

/** Asks twice for the passphrase of a new vault file and makes it. The passphrase leaves the page's memory with the answer. */
export function CreateVault({
  onUnlocked,
}: {
  readonly onUnlocked: () => void
}): React.JSX.Element {
  const { t } = useTranslation('settings')
  const passphrase = useNewPassphrase()
  const { error, isBusy, open } = useOpenVault(() => {
    passphrase.clear()
    onUnlocked()
  })
  return (
    <form
      className="flex flex-col items-start gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (passphrase.isReady() && !isBusy) void open(passphrase.value)
      }}
    >
      <NewPassphraseFields label={t('vault.passphrase')} passphrase={passphrase} error={error} />
      <Button
        type="submit"
        variant="primary"
        className="self-end"
        disabled={passphrase.value === '' || isBusy}
      >
        {t('vault.create')}
      </Button>
    </form>
  )
}
