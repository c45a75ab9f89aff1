import { FileSearch, Plus } from 'lucide-react'
import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { useCommands } from '../../app/commands.ts'
import { go, useRoute } from '../../app/route.ts'
import { useHostInfo } from '../../host/host-info.ts'
import { useSecrets } from '../../host/secrets.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PageBar } from '../../ui/page-bar.tsx'
import { SearchInput } from '../../ui/search-input.tsx'
import { VaultNotice } from '../vault/vault-notice.tsx'
import { CommandConsents } from './command-consents.tsx'
import { filterSecrets } from './filter-secrets.ts'
import { SecretPane } from './secret-pane.tsx'
import { SecretTable } from './secret-table.tsx'
import { ValueDialog } from './value-dialog.tsx'

/** The secrets of the vault: which there are, who uses them and when, and all that can be done with them. */
export function SecretsPage(): React.JSX.Element | null {
  const { t } = useTranslation('secrets')
  const state = useSecrets((store) => store.state)
  const vault = useHostInfo((store) => store.info?.vault)
  const chosen = useRoute(({ route }) => (route.page === 'secrets' ? route.name : null))
  const [query, setQuery] = React.useState('')
  const [isAdding, setAdding] = React.useState(false)
  useCommands(
    chosen === null
      ? []
      : [
          {
            id: 'secret.close',
            group: t('title'),
            title: t('close'),
            icon: null,
            keys: 'Esc',
            inPalette: false,
            run: () => go({ page: 'secrets', name: null }),
          },
        ],
  )
  if (state === null || vault === undefined) return null
  const { secrets, commands } = state
  const shown = filterSecrets(secrets, query)
  const secret = secrets.find(({ name }) => name === chosen)
  return (
    <>
      <PageBar title={t('title')} count={secrets.length}>
        <SearchInput
          value={query}
          onChange={setQuery}
          label={t('filter')}
          slashKey
          className="w-48"
        />
        <Button icon={FileSearch} onClick={() => go({ page: 'literals' })}>
          {t('look')}
        </Button>
        <Button icon={Plus} disabled={vault.state !== 'ready'} onClick={() => setAdding(true)}>
          {t('add')}
        </Button>
      </PageBar>
      {vault.state !== 'ready' && (
        <div className="border-line border-b p-4">
          <VaultNotice vault={vault} isAnswer />
        </div>
      )}
      {commands.length > 0 && <CommandConsents commands={commands} />}
      <div className="relative flex min-h-0 flex-1">
        {shown.length > 0 ? (
          <SecretTable secrets={shown} chosen={chosen} />
        ) : (
          <div className="flex-1 p-4">
            {secrets.length === 0 ? (
              <EmptyState title={t('empty')}>
                <p>
                  {t('emptyText', { example: 'secret://name', place: t(`place.${vault.kind}`) })}
                </p>
              </EmptyState>
            ) : (
              <EmptyState
                title={t('noMatch', { query: query.trim() })}
                actions={<Button onClick={() => setQuery('')}>{t('clear')}</Button>}
              />
            )}
          </div>
        )}
        {secret !== undefined && <SecretPane key={secret.name} secret={secret} />}
      </div>
      {isAdding && <ValueDialog secret={null} onClose={() => setAdding(false)} />}
    </>
  )
}
