import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountView } from '../../../shared/domain/account.ts'
import { clientMetadataUrlSchema } from '../../../shared/domain/oauth.ts'
import { useAccounts } from '../../host/accounts.ts'
import { host } from '../../host/connection.ts'
import { useSettings } from '../../host/settings.ts'
import { errorText } from '../../i18n/error-text.ts'
import { Button } from '../../ui/button.tsx'
import { formatMoment } from '../../ui/format.ts'
import { KeyValues } from '../../ui/key-values.tsx'
import { Section } from '../../ui/section.tsx'
import { toast } from '../../ui/toast.tsx'
import { changeSettings } from './change-settings.ts'
import { tellFailure } from './tell-failure.ts'
import { TextSetting } from './text-setting.tsx'

/** Who is signed in at which remote server, and the way out. */
export function AccountSettings(): React.JSX.Element {
  const { t } = useTranslation('settings')
  const { isKnown, accounts } = useAccounts()
  const metadataUrl = useSettings((state) => state.oauth?.clientMetadataUrl ?? null)
  return (
    <Section title={t('accounts.title')} level={2}>
      {isKnown && accounts.length === 0 && <p className="text-ink-3">{t('accounts.none')}</p>}
      <ul className="flex flex-col gap-4">
        {accounts.map((account) => (
          <AccountItem key={account.id} account={account} />
        ))}
      </ul>
      <TextSetting
        label={t('accounts.metadataUrl')}
        hint={t('accounts.metadataUrlHint')}
        placeholder={t('accounts.metadataUrlNone')}
        value={metadataUrl}
        fault={(text) =>
          clientMetadataUrlSchema.safeParse(text).success ? null : t('accounts.metadataUrlWrong')
        }
        onChange={(url) => void changeSettings({ oauth: { clientMetadataUrl: url } })}
      />
    </Section>
  )
}

function AccountItem({ account }: { readonly account: AccountView }): React.JSX.Element {
  const { t } = useTranslation('settings')
  const { label, serverUrl, resource, issuer, scope, expiresAt, isRenewable, usedBy, problem } =
    account
  const users = usedBy.map((one) => one.name).join(', ')
  const servers = users === '' ? serverUrl : users
  const name = label === '' ? servers : `${servers} (${label})`
  const signOut = async () => {
    const { revoked } = await host().accounts.signOut({ id: account.id })
    toast({
      tone: revoked ? 'ok' : 'wait',
      text: t(revoked ? 'accounts.signedOut' : 'accounts.notRevoked', { name, issuer }),
    })
  }
  const until = expiresAt === null ? t('accounts.unsaid') : formatMoment(expiresAt)
  return (
    <li aria-label={name} className="flex flex-col gap-2">
      <div className="flex items-start gap-2">
        <strong className="min-w-0 flex-1 font-medium wrap-anywhere">{name}</strong>
        <Button
          size="sm"
          aria-label={t('accounts.signOutOf', { name })}
          onClick={() => void tellFailure(signOut)}
        >
          {t('accounts.signOut')}
        </Button>
      </div>
      <KeyValues
        items={[
          { label: t('accounts.address'), value: serverUrl },
          { label: t('accounts.issuer'), value: issuer },
          { label: t('accounts.resource'), value: resource },
          { label: t('accounts.scope'), value: scope ?? t('accounts.unsaid') },
          {
            label: t('accounts.expires'),
            value: isRenewable ? t('accounts.renewed', { until }) : until,
          },
          ...(users === '' ? [{ label: t('accounts.usedBy'), value: t('accounts.noServer') }] : []),
        ]}
      />
      {problem !== null && <p className="text-bad">{errorText(problem).hint}</p>}
    </li>
  )
}
