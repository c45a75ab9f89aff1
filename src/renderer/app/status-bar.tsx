import type * as React from 'react'
import { useTranslation } from 'react-i18next'

/** The bar at the bottom: how many servers are in which state, and how the host is. */
export function StatusBar(): React.JSX.Element {
  const { t } = useTranslation('app')
  return <footer aria-label={t('status.label')} className="col-span-2" />
}
