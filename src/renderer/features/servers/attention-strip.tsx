import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/shallow'
import type { ServerId } from '../../../shared/domain/ids.ts'
import { go } from '../../app/route.ts'
import { useServer, useServers } from '../../host/servers.ts'
import { errorText } from '../../i18n/error-text.ts'
import { Button } from '../../ui/button.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { StateGlyph } from '../../ui/state-glyph.tsx'
import { attentionFirst } from './list-servers.ts'
import { useListView } from './list-view.ts'
import { LiveLook, useSay } from './live-look.tsx'
import { isTitleEnough, mendOf } from './mend.ts'
import { runMend } from './server-actions.ts'
import type { ServerLook, Words } from './server-look.ts'

/** How many broken servers are named; the others are counted. */
const shownRows = 4

/** What is broken, the gravest first, in one sentence each, with the button that mends it. Absent where nothing is. */
export function AttentionStrip(): React.JSX.Element | null {
  const { t } = useTranslation('servers')
  const isShownBelow = useListView((state) => state.segment === 'attention')
  const ids = useServers(
    useShallow(({ byId }) =>
      attentionFirst([...byId.values()]).map((server) => server.definition.id),
    ),
  )
  if (ids.length === 0) return null
  const more = ids.length - shownRows
  return (
    <section
      aria-label={t('attention.label')}
      className="scroll max-h-[45%] [@media(max-height:520px)]:max-h-20 flex-none border-line border-b bg-sunken py-2"
    >
      <ul>
        {ids.slice(0, shownRows).map((id) => (
          <AttentionRow key={id} id={id} />
        ))}
      </ul>
      {more > 0 && !isShownBelow && (
        <LinkButton
          className="t-12 mx-4"
          onClick={() => useListView.setState({ segment: 'attention', text: '' })}
        >
          {t('attention.more', { count: more })}
        </LinkButton>
      )}
    </section>
  )
}

function AttentionRow({ id }: { readonly id: ServerId }): React.JSX.Element | null {
  const { t } = useTranslation('servers')
  const say = useSay()
  const server = useServer(id)
  if (server === undefined) return null
  const { name } = server.definition
  const mend = mendOf(server)
  return (
    <LiveLook server={server}>
      {(look) => (
        <li
          data-tone={look.tone}
          className="grid min-h-(--h-row) grid-cols-[16px_104px_minmax(0,1fr)_auto] items-center gap-x-2 px-4 hover:bg-hover max-low:grid-cols-[16px_72px_minmax(0,1fr)_auto]"
        >
          <StateGlyph name={look.glyph} left={look.left ?? undefined} />
          <button
            type="button"
            title={name}
            className="cut rounded-sm py-0.5 text-left font-medium hover:underline"
            onClick={() => go({ page: 'servers', serverId: id, tab: 'overview' })}
          >
            {name}
          </button>
          <p className="cut text-ink-2" title={sentenceOf(look, say)}>
            <strong className="font-medium text-tone">{`${say(look.word)}.`}</strong>{' '}
            {sentenceOf(look, say)}
          </p>
          {mend !== null && (
            <Button
              size="sm"
              aria-label={t('doTo.mend', { action: t(`mend.${mend}`), name })}
              onClick={() => void runMend(server, mend)}
            >
              {t(`mend.${mend}`)}
            </Button>
          )}
        </li>
      )}
    </LiveLook>
  )
}

/** Why, in a sentence or two. Empty where the word of the state says it all. */
function sentenceOf({ error, detail }: ServerLook, say: (words: Words) => string): string {
  if (error === null) return detail === null ? '' : `${say(detail)}.`
  const { title, hint } = errorText(error)
  return isTitleEnough(error.code) || hint === '' ? `${title}.` : `${title}. ${hint}`
}
