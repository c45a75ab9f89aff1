import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { host } from '../../host/connection.ts'
import { thrownText } from '../../i18n/error-text.ts'
import { toast } from '../../ui/toast.tsx'

/** Opens the vault, or makes it, with what the person gave. */
export interface VaultOpening {
  /** Why the last try failed, as a person reads it; null where it did not. */
  readonly error: string | null
  readonly isBusy: boolean
  readonly open: (passphrase: string) => Promise<void>
}

/** The call that opens the vault and its outcome. `onOpened` runs after a success, which a toast tells. */
export function useOpenVault(onOpened: () => void): VaultOpening {
  const { t } = useTranslation('settings')
  const [error, setError] = React.useState<string | null>(null)
  const [isBusy, setIsBusy] = React.useState(false)
  const open = async (passphrase: string): Promise<void> => {
    setIsBusy(true)
    setError(null)
    try {
      await host().host.unlockVault({ passphrase })
      toast({ tone: 'ok', text: t('vault.unlocked') })
      onOpened()
    } catch (thrown) {
      const { title, hint } = thrownText(thrown)
      setError(hint === '' ? title : hint)
    }
    setIsBusy(false)
  }
  return { error, isBusy, open }
}
