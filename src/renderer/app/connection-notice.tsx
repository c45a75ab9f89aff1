import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { reconnectNow, useConnection } from '../host/connection.ts'

/** Says over the page that what it shows may be old, and when it tries again. Absent while connected. */
export function ConnectionNotice(): React.JSX.Element | null {
  const { t } = useTranslation('app')
  const connection = useConnection((state) => state.connection)
  if (connection.status !== 'lost') return null
  return (
    <div
      role="alert"
      data-tone="bad"
      className="flex min-h-(--h-bar) flex-none items-center gap-2 border-line border-b bg-soft px-4"
    >
      <strong className="font-medium text-tone">{t('connection.lost')}</strong>
      <button type="button" onClick={reconnectNow}>
        {t('connection.retryNow')}
      </button>
    </div>
  )
}

/** In place of everything: this browser may not talk to the host. */
export function RefusedPage(): React.JSX.Element {
  return <main />
}
