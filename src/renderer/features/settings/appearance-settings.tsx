import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { useSettings } from '../../host/settings.ts'
import { Section } from '../../ui/section.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { changeSettings } from './change-settings.ts'
import { Setting } from './setting.tsx'

const themes = ['system', 'light', 'dark'] as const

/** How the window looks. */
export function AppearanceSettings(): React.JSX.Element {
  const { t } = useTranslation('settings')
  const theme = useSettings((state) => state.appearance.theme)
  return (
    <Section title={t('appearance.title')} level={2}>
      <Setting label={t('appearance.theme')} hint={t('appearance.themeHint')}>
        <Segmented
          label={t('appearance.theme')}
          segments={themes.map((value) => ({ value, label: t(`appearance.${value}`) }))}
          value={theme}
          onChange={(value) => void changeSettings({ appearance: { theme: value } })}
        />
      </Setting>
    </Section>
  )
}
