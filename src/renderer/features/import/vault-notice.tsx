import * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { VaultStatus } from '../../../shared/contract/host.ts'
import { Button } from '../../ui/button.tsx'
import { Case } from '../../ui/case.tsx'
import { VaultDialog } from '../vault/vault-dialog.tsx'

/** Says that no vault can take secrets now, and opens one. */
export function VaultNotice({
  vault,
  onUnlocked,
}: {
  readonly vault: VaultStatus
  readonly onUnlocked: () => void
}): React.JSX.Element {
  const { t } = useTranslation('import')
  const [isOpen, setOpen] = React.useState(false)
  const isLocked = vault.state === 'locked'
  return (
    <div className="border-line border-b p-3">
      <Case
        tone="you"
        glyph="held"
        title={t(isLocked ? 'vault.locked' : 'vault.none')}
        actions={
          <Button size="sm" onClick={() => setOpen(true)}>
            {t(isLocked ? 'vault.unlock' : 'vault.choose')}
          </Button>
        }
      >
        <p>{t(isLocked ? 'vault.lockedText' : 'vault.noneText')}</p>
      </Case>
      {isOpen && <VaultDialog onClose={() => setOpen(false)} onUnlocked={onUnlocked} />}
    </div>
  )
}
