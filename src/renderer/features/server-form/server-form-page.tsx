import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { ServerId } from '../../../shared/domain/ids.ts'
import { go, home } from '../../app/route.ts'
import { useServer, useServers } from '../../host/servers.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PageBar } from '../../ui/page-bar.tsx'
import { useFormInbox } from './form-inbox.ts'
import { parseSnippet } from './parse-snippet.ts'
import { ServerForm } from './server-form.tsx'
import type { SnippetServer } from './snippet-server.ts'

/** The page that adds a server, or edits one. */
export function ServerFormPage({
  serverId,
  link,
}: {
  /** Null: a new one. */
  readonly serverId: ServerId | null
  /** The number of the link that fills the form of a new one; null: none. */
  readonly link: number | null
}): React.JSX.Element {
  const { t } = useTranslation('serverForm')
  const server = useServer(serverId)
  const isKnown = useServers((state) => state.isKnown)
  const offered = useFormInbox((state) => (state.link === link ? state.text : ''))
  if (serverId === null) return <ServerForm before={null} offered={serverIn(offered)} />
  if (server !== undefined)
    return <ServerForm key={serverId} before={server.definition} offered={null} />
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

/** The server of a link; null where the text has none. */
function serverIn(text: string): SnippetServer | null {
  const snippet = parseSnippet(text)
  return snippet.kind === 'server' ? snippet.server : null
}
