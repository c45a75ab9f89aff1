import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { ServerId } from '../../../shared/domain/ids.ts'
import { go, home } from '../../app/route.ts'
import { useServer, useServers } from '../../host/servers.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PageBar } from '../../ui/page-bar.tsx'
import { ServerForm } from './server-form.tsx'

/** The page that adds a server, or edits one. */
export function ServerFormPage({
  serverId,
}: {
  /** Null: a new one. */
  readonly serverId: ServerId | null
}): React.JSX.Element {
  const { t } = useTranslation('serverForm')
  const server = useServer(serverId)
  const isKnown = useServers((state) => state.isKnown)
  if (serverId === null) return <ServerForm before={null} />
  if (server !== undefined) return <ServerForm key={serverId} before={server.definition} />
  if (!isKnown) return <p className="hear-only">{t('loading')}</p>
  return (
    <>
      <PageBar title={t('gone.title')} />
      <div className="p-5">
        <EmptyState
          title={t('gone.title')}
          actions={<Button onClick={() => go(home)}>{t('gone.action')}</Button>}
        >
          {t('gone.text')}
        </EmptyState>
      </div>
    </>
  )
}
