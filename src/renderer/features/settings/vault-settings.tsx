import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { useHostInfo } from '../../host/host-info.ts'
import { errorText } from '../../i18n/error-text.ts'
import { Case } from '../../ui/case.tsx'
import { KeyValues } from '../../ui/key-values.tsx'
import { Section } from '../../ui/section.tsx'
import { CreateVault } from '../vault/create-vault.tsx'
import { UnlockVault } from '../vault/unlock-vault.tsx'

/** Where secrets are kept, and the way to open it. */
export function VaultSettings(): React.JSX.Element | null {
  const { t } = useTranslation('settings')
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
      {canUnlock && (vault.kind === 'none' ? <CreateVault /> : <UnlockVault />)}
    </Section>
  )
}
