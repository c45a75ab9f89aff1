import type * as React from 'react'
import { useTranslation } from 'react-i18next'

export function ImportPage(): React.JSX.Element {
  const { t } = useTranslation('import')
  return <h1>{t('title')}</h1>
}
