import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { openOverlay } from '../../app/overlay.ts'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../ui/section.tsx'
import { Setting } from './setting.tsx'

/** The way to the key sheet. */
export function KeyboardSettings(): React.JSX.Element {
  const { t } = useTranslation('settings')
  return (
    <Section title={t('keyboard.title')} level={2}>
      <Setting label={t('keyboard.sheet')}>
        <Button keys="?" onClick={() => openOverlay('keys')}>
          {t('keyboard.show')}
        </Button>
      </Setting>
    </Section>
  )
}
