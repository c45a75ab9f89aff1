import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { useSettings } from '../../host/settings.ts'
import { PlainSwitch } from '../../ui/plain-switch.tsx'
import { Section } from '../../ui/section.tsx'
import { changeSettings } from './change-settings.ts'
import { Setting } from './setting.tsx'

/** What happens when the program starts. */
export function StartupSettings(): React.JSX.Element {
  const { t } = useTranslation('settings')
  const startServers = useSettings((state) => state.startup.startServers)
  return (
    <Section title={t('startup.title')} level={2}>
      <Setting label={t('startup.startServers')} hint={t('startup.startServersHint')}>
        <PlainSwitch
          checked={startServers}
          onChange={(checked) => void changeSettings({ startup: { startServers: checked } })}
        />
      </Setting>
    </Section>
  )
}
