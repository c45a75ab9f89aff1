import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { useSettings } from '../../host/settings.ts'
import { PlainSwitch } from '../../ui/plain-switch.tsx'
import { Section } from '../../ui/section.tsx'
import { changeSettings } from './change-settings.ts'
import { Setting } from './setting.tsx'

const kinds = ['restart', 'park', 'kill', 'reap'] as const

/** What the program may do by itself. */
export function AutomationSettings(): React.JSX.Element {
  const { t } = useTranslation('settings')
  const automation = useSettings((state) => state.automation)
  return (
    <Section title={t('automation.title')} level={2}>
      {kinds.map((kind) => (
        <Setting key={kind} label={t(`automation.${kind}`)} hint={t(`automation.${kind}Hint`)}>
          <PlainSwitch
            checked={automation[kind]}
            onChange={(checked) =>
              void changeSettings({ automation: { ...automation, [kind]: checked } })
            }
          />
        </Setting>
      ))}
    </Section>
  )
}
