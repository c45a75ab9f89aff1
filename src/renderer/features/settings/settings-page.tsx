import * as React from 'react'
import { useTranslation } from 'react-i18next'
import { useDesktop } from '../../host/desktop.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PageBar } from '../../ui/page-bar.tsx'
import { SearchInput } from '../../ui/search-input.tsx'
import { AboutSettings } from './about-settings.tsx'
import { AccountSettings } from './account-settings.tsx'
import { AppearanceSettings } from './appearance-settings.tsx'
import { AutomationSettings } from './automation-settings.tsx'
import { DataSettings } from './data-settings.tsx'
import { DesktopSettings } from './desktop-settings.tsx'
import { KeyboardSettings } from './keyboard-settings.tsx'
import { LogSettings } from './log-settings.tsx'
import { NetworkSettings } from './network-settings.tsx'
import { StartupSettings } from './startup-settings.tsx'
import { VaultSettings } from './vault-settings.tsx'

const groups = [
  { name: 'appearance', Group: AppearanceSettings },
  { name: 'startup', Group: StartupSettings },
  { name: 'automation', Group: AutomationSettings },
  { name: 'desktop', Group: DesktopSettings },
  { name: 'vault', Group: VaultSettings },
  { name: 'accounts', Group: AccountSettings },
  { name: 'data', Group: DataSettings },
  { name: 'network', Group: NetworkSettings },
  { name: 'logs', Group: LogSettings },
  { name: 'keyboard', Group: KeyboardSettings },
  { name: 'about', Group: AboutSettings },
] as const

/** Everything that can be set, on one page that can be searched. Each change is stored at once. */
export function SettingsPage(): React.JSX.Element {
  const { t } = useTranslation('settings')
  const [query, setQuery] = React.useState('')
  const wanted = query.trim().toLowerCase()
  const isDesktop = useDesktop(({ state }) => state.isDesktop)
  const shown = groups.filter(
    ({ name }) =>
      (name !== 'desktop' || isDesktop) &&
      textsOf(t(name, { returnObjects: true })).some((text) => text.toLowerCase().includes(wanted)),
  )
  return (
    <>
      <PageBar title={t('title')}>
        <SearchInput
          value={query}
          onChange={setQuery}
          label={t('search')}
          slashKey
          className="w-60"
        />
      </PageBar>
      <div className="scroll flex-1 px-4 py-5">
        <div className="flex max-w-[640px] flex-col gap-8">
          {shown.map(({ name, Group }) => (
            <Group key={name} />
          ))}
          {shown.length === 0 && (
            <EmptyState
              title={t('noMatch', { query: query.trim() })}
              actions={<Button onClick={() => setQuery('')}>{t('clear')}</Button>}
            />
          )}
        </div>
      </div>
    </>
  )
}

/** Every text in a tree of texts. */
function textsOf(tree: unknown): readonly string[] {
  if (typeof tree === 'string') return [tree]
  if (typeof tree !== 'object' || tree === null) return []
  return Object.values(tree).flatMap(textsOf)
}
