import type * as React from 'react'
import { useTranslation } from 'react-i18next'

export function ServersPage(): React.JSX.Element {
  const { t } = useTranslation('servers')
  return <h1>{t('title')}</h1>
}
