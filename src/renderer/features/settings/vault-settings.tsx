import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { formatRoute } from '../../app/route.ts'
import { useHostInfo } from '../../host/host-info.ts'
import { Button } from '../../ui/button.tsx'
import { KeyValues } from '../../ui/key-values.tsx'
import { Section } from '../../ui/section.tsx'
import { ChangePassphrase } from '../vault/change-passphrase.tsx'
import { VaultNotice } from '../vault/vault-notice.tsx'

/** Where secrets are kept, and the way to open it. */
export function VaultSettings(): React.JSX.Element | null {
  const { t } = useTranslation('settings')
  const [isChanging, setChanging] = React.useState(false)
  const vault = useHostInfo((state) => state.info?.vault)
  if (vault === undefined) return null
  return (
    <Section title={t('vault.title')} level={2}>
      {vault.kind !== 'none' && (
        <KeyValues
          items={[
            { label: t('vault.keptIn'), value: t(`vault.kind.${vault.kind}`) },
            { label: t('vault.state'), value: t(`vault.stateWords.${vault.state}`) },
          ]}
        />
      )}
      {vault.state !== 'ready' && <VaultNotice vault={vault} />}
      <div className="flex flex-wrap items-center gap-2">
        {vault.state === 'ready' && vault.kind === 'file' && (
          <Button onClick={() => setChanging(true)}>{t('vault.change')}</Button>
        )}
        <a href={formatRoute({ page: 'secrets', name: null })}>{t('vault.openPage')}</a>
      </div>
      {isChanging && <ChangePassphrase onClose={() => setChanging(false)} />}
    </Section>
  )
}
