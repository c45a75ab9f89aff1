import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { UpdateState } from '../../../shared/contract/desktop.ts'
import { useDesktop } from '../../host/desktop.ts'
import { Button } from '../../ui/button.tsx'
import { PlainSwitch } from '../../ui/plain-switch.tsx'
import { Section } from '../../ui/section.tsx'
import { Select } from '../../ui/select.tsx'
import { changeDesktop, restartToUpdate } from './change-desktop.ts'
import { Setting } from './setting.tsx'

/** What the application does beside its window. Absent in a browser. */
export function DesktopSettings(): React.JSX.Element | null {
  const { t } = useTranslation('settings')
  const { state } = useDesktop()
  if (!state.isDesktop) return null
  const { settings, hasTray, update, attachedTo } = state
  return (
    <Section title={t('desktop.title')} level={2}>
      {attachedTo !== null && (
        <p className="text-ink-2">{t('desktop.attached', { pid: attachedTo.pid })}</p>
      )}
      <Setting
        label={t('desktop.startAtLogin')}
        hint={t(hasTray ? 'desktop.startAtLoginHint' : 'desktop.startAtLoginNoTray')}
      >
        <PlainSwitch
          checked={settings.startAtLogin}
          onChange={(startAtLogin) => void changeDesktop({ startAtLogin })}
        />
      </Setting>
      <Setting
        label={t('desktop.onClose')}
        hint={t(hasTray ? 'desktop.onCloseHint' : 'desktop.onCloseNoTray')}
      >
        {hasTray ? (
          <Select
            value={settings.onClose}
            options={(['ask', 'tray', 'quit'] as const).map((value) => ({
              value,
              label: t(`desktop.close.${value}`),
            }))}
            onChange={(onClose) => void changeDesktop({ onClose })}
          />
        ) : (
          <span>{t('desktop.close.quit')}</span>
        )}
      </Setting>
      <Setting label={t('desktop.notifications')} hint={t('desktop.notificationsHint')}>
        <PlainSwitch
          checked={settings.notifications}
          onChange={(notifications) => void changeDesktop({ notifications })}
        />
      </Setting>
      <Setting label={t('desktop.updates')} hint={updateText(t, update)}>
        <div className="flex items-center gap-3">
          {update.state === 'ready' && (
            <Button onClick={() => void restartToUpdate()}>{t('desktop.restart')}</Button>
          )}
          <PlainSwitch
            checked={settings.checkForUpdates}
            onChange={(checkForUpdates) => void changeDesktop({ checkForUpdates })}
          />
        </div>
      </Setting>
    </Section>
  )
}

function updateText(
  t: ReturnType<typeof useTranslation<'settings'>>['t'],
  update: UpdateState,
): string {
  switch (update.state) {
    case 'off':
    case 'none':
    case 'checking':
      return t(`desktop.update.${update.state}`)
    case 'downloading':
    case 'ready':
      return t(`desktop.update.${update.state}`, { version: update.version })
    case 'failed':
      return t('desktop.update.failed', { reason: update.reason })
  }
}
