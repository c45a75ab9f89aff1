import type * as React from 'react'
import { useTranslation } from 'react-i18next'

export function SettingsPage(): React.JSX.Element {
  const { t } = useTranslation('settings')
  return <h1>{t('title')}</h1>
}
