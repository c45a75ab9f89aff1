import type * as React from 'react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/shallow'
import type { ServerId } from '../../../../shared/domain/ids.ts'
import { formatRoute } from '../../../app/route.ts'
import { useActions } from '../../../host/actions.ts'
import { actionText } from '../../../i18n/action-text.ts'
import { Section } from '../../../ui/section.tsx'
import { StateGlyph } from '../../../ui/state-glyph.tsx'
import { TimeAgo } from '../../../ui/time-ago.tsx'
import { actionLook } from '../../activity/action-look.ts'

/** How many of the newest actions the overview shows. */
const fewActions = 3

/** What was done about the server without being asked, the newest first. Absent where nothing was. */
export function ActionsSection({ id }: { readonly id: ServerId }): React.JSX.Element | null {
  const { t } = useTranslation('activity')
  const actions = useActions(
    useShallow((state) =>
      state.actions.filter(({ serverId }) => serverId === id).slice(0, fewActions),
    ),
  )
  if (actions.length === 0) return null
  return (
    <Section
      title={t('ofServer')}
      side={
        <a
          className="inline-flex h-6 items-center"
          href={formatRoute({ page: 'activity', serverId: id })}
        >
          {t('more')}
        </a>
      }
    >
      <ul className="flex flex-col gap-1">
        {actions.map((action) => {
          const { title, reason } = actionText(action)
          const { tone, glyph } = actionLook(action)
          return (
            <li key={action.id} className="grid grid-cols-[16px_minmax(0,1fr)] gap-x-2">
              <span data-tone={tone} className="grid h-5 place-items-center">
                <StateGlyph name={glyph} size={14} />
              </span>
              <p className="wrap-anywhere text-ink-2">
                <strong data-tone={tone} className="font-medium text-tone">{`${title}.`}</strong>{' '}
                {reason} <TimeAgo at={action.at} className="t-12 text-ink-3" />
              </p>
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
