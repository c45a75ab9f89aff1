import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { useSettings } from '../../host/settings.ts'
import { Section } from '../../ui/section.tsx'
import { changeSettings } from './change-settings.ts'
import { NumberSetting } from './number-setting.tsx'

/** How much of the logs is kept. */
export function LogSettings(): React.JSX.Element {
  const { t } = useTranslation('settings')
  const logs = useSettings((state) => state.logs)
  return (
    <Section title={t('logs.title')} level={2}>
      <NumberSetting
        label={t('logs.keepDays')}
        hint={t('logs.keepDaysHint')}
        unit={t('logs.days')}
        value={logs.keepDays}
        min={1}
        max={365}
        onChange={(keepDays) => {
          if (keepDays !== null) void changeSettings({ logs: { ...logs, keepDays } })
        }}
      />
      <NumberSetting
        label={t('logs.keepMegabytes')}
        hint={t('logs.keepMegabytesHint')}
        unit={t('logs.megabytes')}
        value={logs.keepMegabytes}
        min={10}
        max={10_000}
        onChange={(keepMegabytes) => {
          if (keepMegabytes !== null) void changeSettings({ logs: { ...logs, keepMegabytes } })
        }}
      />
    </Section>
  )
}
