import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { useSettings } from '../../host/settings.ts'
import { Section } from '../../ui/section.tsx'
import { changeSettings } from './change-settings.ts'
import { NumberSetting } from './number-setting.tsx'
import { Setting } from './setting.tsx'

/** Where the host listens. */
export function NetworkSettings(): React.JSX.Element {
  const { t } = useTranslation('settings')
  const port = useSettings((state) => state.network.port)
  return (
    <Section title={t('network.title')} level={2}>
      <Setting label={t('network.address')} hint={t('network.addressHint')}>
        <code>{window.location.host}</code>
      </Setting>
      <NumberSetting
        label={t('network.port')}
        hint={t('network.portHint')}
        placeholder={t('network.portAny')}
        value={port}
        min={1024}
        max={65_535}
        plain
        optional
        onChange={(value) => void changeSettings({ network: { port: value } })}
      />
    </Section>
  )
}
