import { Trash2 } from 'lucide-react'
import * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { ActionKind } from '../../../shared/domain/automatic-action.ts'
import { serverIdSchema } from '../../../shared/domain/ids.ts'
import { go, useRoute } from '../../app/route.ts'
import { useActions } from '../../host/actions.ts'
import { host } from '../../host/connection.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { formatDate, formatNumber } from '../../ui/format.ts'
import { PageBar } from '../../ui/page-bar.tsx'
import { Select } from '../../ui/select.tsx'
import { useNow } from '../../ui/use-now.ts'
import { tellFailure } from '../settings/tell-failure.ts'
import { ActionRow } from './action-row.tsx'
import { actionKinds, byDay, dayWord, fitsFilter, serversOf } from './list-actions.ts'
import { SwitchedOff } from './switched-off.tsx'

/** What the program did by itself, by day, the newest first, each with its reason. */
export function ActivityPage(): React.JSX.Element {
  const { t } = useTranslation('activity')
  const { isKnown, actions } = useActions()
  const serverId = useRoute(({ route }) => (route.page === 'activity' ? route.serverId : null))
  const [kind, setKind] = React.useState<ActionKind | null>(null)
  const [isAsking, setAsking] = React.useState(false)
  const now = useNow(60_000)
  const shown = actions.filter((action) => fitsFilter(action, { kind, serverId }))
  const showAll = () => {
    setKind(null)
    go({ page: 'activity', serverId: null })
  }
  return (
    <>
      <PageBar
        title={t('title')}
        count={shown.length === 0 ? undefined : formatNumber(shown.length)}
      >
        {actions.length > 0 && (
          <>
            <Select
              label={t('kind.label')}
              value={kind ?? 'all'}
              onChange={(next) => setKind(next === 'all' ? null : next)}
              options={(['all', ...actionKinds] as const).map((value) => ({
                value,
                label: t(`kind.${value}`),
              }))}
              className="w-44"
            />
            <ServerSelect />
            <Button icon={Trash2} onClick={() => setAsking(true)}>
              {t('clear')}
            </Button>
          </>
        )}
      </PageBar>
      <SwitchedOff />
      <div className="scroll flex-1 pb-4">
        {isKnown && actions.length === 0 && (
          <EmptyState title={t('empty.title')} className="m-4">
            {t('empty.text')}
          </EmptyState>
        )}
        {actions.length > 0 && shown.length === 0 && (
          <EmptyState
            title={t('noMatch')}
            actions={<Button onClick={showAll}>{t('showAll')}</Button>}
            className="m-4"
          />
        )}
        {byDay(shown).map(({ startAt, actions: ofDay }) => {
          const word = dayWord(startAt, now)
          return (
            <section key={startAt} aria-labelledby={`day-${startAt}`}>
              <h2
                id={`day-${startAt}`}
                className="t-12 sticky top-0 z-1 flex h-(--h-head) items-center border-line border-b bg-bg px-4 font-semibold text-ink-2"
              >
                {word === 'earlier' ? formatDate(startAt) : t(`day.${word}`)}
              </h2>
              <ul className="py-1">
                {ofDay.map((action) => (
                  <ActionRow key={action.id} action={action} />
                ))}
              </ul>
            </section>
          )
        })}
      </div>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={t('clearTitle')}
        text={t('clearText', { count: actions.length })}
        confirm={t('clear')}
        onConfirm={() => void tellFailure(() => host().actions.clear())}
      />
    </>
  )
}

/** Which server's actions are shown; the address keeps it. */
function ServerSelect(): React.JSX.Element {
  const { t } = useTranslation('activity')
  const actions = useActions((state) => state.actions)
  const serverId = useRoute(({ route }) => (route.page === 'activity' ? route.serverId : null))
  const servers = serversOf(actions)
  return (
    <Select
      label={t('server.label')}
      value={servers.some(({ id }) => id === serverId) ? serverId : 'all'}
      onChange={(next) => {
        const id = next === 'all' ? null : serverIdSchema.parse(next)
        go({ page: 'activity', serverId: id }, { replace: true })
      }}
      options={[
        { value: 'all', label: t('server.all') },
        ...servers.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      className="w-44"
    />
  )
}
