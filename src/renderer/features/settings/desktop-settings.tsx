import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { DesktopState, UpdateState } from '../../../shared/contract/desktop.ts'
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
      <Setting label={t('desktop.onClose')} hint={t(closeHintKey(state))}>
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
      <Setting label={t('desktop.updates')} hint={updateText(t, update, settings.checkForUpdates)}>
        <div className="flex items-center gap-3">
          {update.state === 'ready' && (
            <Button onClick={() => void restartToUpdate()}>{t('desktop.restart')}</Button>
          )}
          <PlainSwitch
            checked={settings.checkForUpdates}
            disabled={neverUpdates(update, settings.checkForUpdates)}
            onChange={(checkForUpdates) => void changeDesktop({ checkForUpdates })}
          />
        </div>
      </Setting>
    </Section>
  )
}

/** What closing the window means for the servers. */
function closeHintKey({ hasTray, attachedTo }: Extract<DesktopState, { isDesktop: true }>) {
  if (!hasTray) return 'desktop.onCloseNoTray'
  return attachedTo === null ? 'desktop.onCloseHint' : 'desktop.onCloseAttached'
}

/** Whether newer versions are wanted and yet never looked for: a build of a checkout. */
function neverUpdates(update: UpdateState, isWanted: boolean): boolean {
  return update.state === 'off' && isWanted
}

function updateText(
  t: ReturnType<typeof useTranslation<'settings'>>['t'],
  update: UpdateState,
  isWanted: boolean,
): string {
  switch (update.state) {
    case 'off':
      return t(neverUpdates(update, isWanted) ? 'desktop.update.never' : 'desktop.update.off')
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
