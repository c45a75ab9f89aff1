import * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { Route } from './route.ts'

/**
 * Names the page in the window's title, and takes the focus along where it was lost with the page before, so that the keys go
 * on from the new one and a screen reader says where it is.
 */
export function usePageTurn(page: Route['page']): void {
  const { t } = useTranslation('app')
  const title = t('pageTitle', { page: t(`pages.${page}`) })
  React.useEffect(() => {
    document.title = title
    if (document.activeElement === document.body) document.getElementById('main')?.focus()
  }, [title])
}
