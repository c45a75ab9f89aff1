import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { useHostInfo } from '../../host/host-info.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { CreateVault } from './create-vault.tsx'
import { UnlockVault } from './unlock-vault.tsx'

/** What the dialog is for: to open a vault file, to make one, or to say who opens a keychain. */
type Task = 'unlock' | 'create' | 'keychain'

/** The one window that opens the vault, with the focus on the passphrase. Mount it to open it. */
export function VaultDialog({
  onClose,
  onUnlocked,
}: {
  readonly onClose: () => void
  readonly onUnlocked?: (() => void) | undefined
}): React.JSX.Element {
  const { t } = useTranslation('settings')
  const kind = useHostInfo((state) => state.info?.vault.kind)
  // It stays what it was opened for: a vault that was just made has another kind before its answer is here.
  const [task] = React.useState<Task>(
    kind === 'none' ? 'create' : kind === 'keychain' ? 'keychain' : 'unlock',
  )
  const done = () => {
    onClose()
    onUnlocked?.()
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title={t(`vault.dialog.${task}`)}
      description={t(`vault.dialog.${task}Text`)}
    >
      {task === 'unlock' && <UnlockVault onUnlocked={done} />}
      {task === 'create' && <CreateVault onUnlocked={done} />}
    </Dialog>
  )
}
