import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { ServerView } from '../../../shared/domain/server-view.ts'
import { useNow } from '../../ui/use-now.ts'
import { lookOf, type ServerLook, type Words } from './server-look.ts'

/** How often a figure that counts is drawn anew, in milliseconds. */
const tickMs = 200

/** What a live look takes. */
interface LiveLookProps {
  readonly server: ServerView
  readonly children: (look: ServerLook) => React.ReactNode
}

/** Shows a server's look, and counts where something counts: the seconds of a start, the wait for a retry. */
export function LiveLook({ server, children }: LiveLookProps): React.ReactNode {
  const { phase } = server.state
  // One component for all states: what is inside keeps its focus when the state changes.
  const now = useNow(phase === 'starting' || phase === 'backoff' ? tickMs : null)
  return children(lookOf(server, now))
}

/** Says words of a look in the language of the page. */
export function useSay(): (words: Words) => string {
  const { t } = useTranslation('servers')
  return ({ key, values }) => t(key, { seconds: '', ...values })
}
