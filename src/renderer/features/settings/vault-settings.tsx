import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { formatRoute } from '../../app/route.ts'
import { useHostInfo } from '../../host/host-info.ts'
import { errorText } from '../../i18n/error-text.ts'
import { Button } from '../../ui/button.tsx'
import { Case } from '../../ui/case.tsx'
import { KeyValues } from '../../ui/key-values.tsx'
import { Section } from '../../ui/section.tsx'
import { ChangePassphrase } from '../vault/change-passphrase.tsx'
import { CreateVault } from '../vault/create-vault.tsx'
import { UnlockVault } from '../vault/unlock-vault.tsx'

/** Where secrets are kept, and the way to open it. */
export function VaultSettings(): React.JSX.Element | null {
  const { t } = useTranslation('settings')
  const [isChanging, setChanging] = React.useState(false)
  const vault = useHostInfo((state) => state.info?.vault)
  if (vault === undefined) return null
  const problem = vault.problem === null ? null : errorText(vault.problem)
  // A keychain is opened by the system; a vault file can be opened, or made, here.
  const canUnlock = vault.state !== 'ready' && vault.kind !== 'keychain'
  return (
    <Section title={t('vault.title')} level={2}>
      <KeyValues
        items={[
          { label: t('vault.keptIn'), value: t(`vault.kind.${vault.kind}`) },
          { label: t('vault.state'), value: t(`vault.stateWords.${vault.state}`) },
        ]}
      />
      {problem !== null && (
        <Case tone="you" glyph="held" title={problem.title}>
          <p>{problem.hint}</p>
          <p>{problem.action}</p>
        </Case>
      )}
      <div className="flex flex-wrap items-center gap-2">
        {vault.state === 'ready' && vault.kind === 'file' && (
          <Button onClick={() => setChanging(true)}>{t('vault.change')}</Button>
        )}
        <a href={formatRoute({ page: 'secrets', name: null })}>{t('vault.openPage')}</a>
      </div>
      {isChanging && <ChangePassphrase onClose={() => setChanging(false)} />}
      {canUnlock && (vault.kind === 'none' ? <CreateVault /> : <UnlockVault />)}
    </Section>
  )
}
