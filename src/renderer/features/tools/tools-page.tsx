import type * as React from 'react'
import { useTranslation } from 'react-i18next'

export function ToolsPage(): React.JSX.Element {
  const { t } = useTranslation('tools')
  return <h1>{t('title')}</h1>
}
