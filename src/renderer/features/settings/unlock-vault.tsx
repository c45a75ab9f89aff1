import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { host } from '../../host/connection.ts'
import { thrownText } from '../../i18n/error-text.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { toast } from '../../ui/toast.tsx'

/** Asks for the passphrase of the vault file and opens it. The passphrase leaves the page's memory with the answer. */
export function UnlockVault({ onUnlocked }: { readonly onUnlocked?: () => void }) {
  const { t } = useTranslation('settings')
  const [passphrase, setPassphrase] = React.useState('')
  const [error, setError] = React.useState<string | null>(null)
  const [isBusy, setIsBusy] = React.useState(false)

  const unlock = async (): Promise<void> => {
    setIsBusy(true)
    setError(null)
    try {
      await host().host.unlockVault({ passphrase })
      setPassphrase('')
      toast({ tone: 'ok', text: t('vault.unlocked') })
      onUnlocked?.()
    } catch (thrown) {
      const { title, hint } = thrownText(thrown)
      setError(`${title}. ${hint}`)
    }
    setIsBusy(false)
  }

  return (
    <form
      className="flex max-w-[420px] flex-col items-start gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        void unlock()
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
      <Button type="submit" variant="primary" disabled={passphrase === '' || isBusy}>
        {t('vault.unlock')}
      </Button>
    </form>
  )
}
