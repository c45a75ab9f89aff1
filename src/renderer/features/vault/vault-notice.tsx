import * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { VaultStatus } from '../../../shared/contract/host.ts'
import { errorText } from '../../i18n/error-text.ts'
import { Button } from '../../ui/button.tsx'
import { Case } from '../../ui/case.tsx'
import { VaultDialog } from './vault-dialog.tsx'

/** What the notice takes. */
export interface VaultNoticeProps {
  /** A vault that is not ready. */
  readonly vault: VaultStatus
  /** What else it means here. */
  readonly children?: React.ReactNode
  /** Its button is the answer of the page. */
  readonly isAnswer?: boolean
  readonly onUnlocked?: (() => void) | undefined
}

/** Says that no vault can give or take secrets now, why, and opens one. */
export function VaultNotice({
  vault,
  children,
  isAnswer = false,
  onUnlocked,
}: VaultNoticeProps): React.JSX.Element {
  const { t } = useTranslation('settings')
  const [isOpen, setOpen] = React.useState(false)
  const problem = vault.problem === null ? null : errorText(vault.problem)
  return (
    <>
      <Case
        tone="you"
        glyph="held"
        title={t(`vault.notice.${vault.kind}`)}
        actions={
          <Button variant={isAnswer ? 'primary' : undefined} onClick={() => setOpen(true)}>
            {t(vault.kind === 'none' ? 'vault.choose' : 'vault.unlockAsk')}
          </Button>
        }
      >
        <p>
          {vault.kind === 'none'
            ? t('vault.notice.noneText')
            : problem !== null && `${problem.hint} ${problem.action}`}
        </p>
        {children}
        {vault.kind === 'none' && problem !== null && (
          <details>
            <summary className="t-12">{t('vault.notice.said')}</summary>
            <p className="t-12 mt-1 wrap-anywhere">{problem.hint}</p>
          </details>
        )}
      </Case>
      {isOpen && <VaultDialog onClose={() => setOpen(false)} onUnlocked={onUnlocked} />}
    </>
  )
}
