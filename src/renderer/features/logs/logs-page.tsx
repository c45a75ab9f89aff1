import type * as React from 'react'
import { useTranslation } from 'react-i18next'

export function LogsPage(): React.JSX.Element {
  const { t } = useTranslation('logs')
  return <h1>{t('title')}</h1>
}
