import { ChevronDown, ChevronRight, ScrollText } from 'lucide-react'
import * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { AutomaticAction } from '../../../shared/domain/automatic-action.ts'
import type { ServerId } from '../../../shared/domain/ids.ts'
import { plainText } from '../../../shared/lib/plain-text.ts'
import { formatRoute, go } from '../../app/route.ts'
import { useServer } from '../../host/servers.ts'
import { actionText } from '../../i18n/action-text.ts'
import { errorText } from '../../i18n/error-text.ts'
import { classNames } from '../../ui/class-names.ts'
import { CodeBlock } from '../../ui/code-block.tsx'
import { formatClock, formatMoment } from '../../ui/format.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { type KeyValue, KeyValues } from '../../ui/key-values.tsx'
import { StateGlyph } from '../../ui/state-glyph.tsx'
import { factsOf } from './action-facts.ts'
import { actionLook } from './action-look.ts'
import { logsQueryAt } from './log-moment.ts'

/** One action: when, which server, what, why; its facts and its place in the log are a click away. */
export function ActionRow({ action }: { readonly action: AutomaticAction }): React.JSX.Element {
  const { t } = useTranslation('activity')
  const [isOpen, setOpen] = React.useState(false)
  const server = useServer(action.serverId)
  const { title, reason } = actionText(action)
  const { tone, glyph } = actionLook(action)
  const facts = factsOf(action)
  const name = server?.definition.name ?? action.serverName
  return (
    <li className="grid grid-cols-[60px_16px_minmax(72px,136px)_minmax(0,1fr)_auto] gap-x-2 px-4 py-1 [content-visibility:auto] hover:bg-hover">
      <time
        dateTime={new Date(action.at).toISOString()}
        title={formatMoment(action.at)}
        className="t-12 py-1 text-ink-3 tabular-nums"
      >
        {formatClock(action.at)}
      </time>
      <span data-tone={tone} className="grid h-6 place-items-center">
        <StateGlyph name={glyph} />
      </span>
      <ServerName id={action.serverId} name={name} isThere={server !== undefined} />
      <div className="min-w-0 py-0.5">
        <p className="wrap-anywhere text-ink-2">
          <strong data-tone={tone} className="font-medium text-tone">{`${title}.`}</strong> {reason}
        </p>
        {isOpen && facts !== null && <Facts facts={facts} />}
      </div>
      <div className="flex h-6 items-center">
        {server !== undefined && (
          <IconButton
            icon={ScrollText}
            size="sm"
            label={t('log', { name: server.definition.name, time: formatClock(action.at) })}
            onClick={() => {
              const query = logsQueryAt(server.definition.name, action.at, Date.now())
              go({ page: 'logs', query })
            }}
          />
        )}
        {facts === null ? (
          <span className="w-6" />
        ) : (
          <IconButton
            icon={isOpen ? ChevronDown : ChevronRight}
            size="sm"
            aria-expanded={isOpen}
            label={t('facts', { title, time: formatClock(action.at) })}
            onClick={() => setOpen(!isOpen)}
          />
        )}
      </div>
    </li>
  )
}

/** Leads to the server, where it is still there. */
function ServerName({
  id,
  name,
  isThere,
}: {
  readonly id: ServerId | null
  readonly name: string | null
  readonly isThere: boolean
}): React.JSX.Element {
  if (id === null || name === null) return <span className="py-0.5 text-ink-3">–</span>
  const className = 'cut rounded-sm py-0.5 font-medium text-ink'
  return isThere ? (
    <a
      className={classNames(className, 'no-underline hover:underline')}
      title={name}
      href={formatRoute({ page: 'servers', serverId: id, tab: 'overview' })}
    >
      {name}
    </a>
  ) : (
    <span className={className} title={name}>
      {name}
    </span>
  )
}

function Facts({
  facts: { pids, error, stderr },
}: {
  readonly facts: NonNullable<ReturnType<typeof factsOf>>
}): React.JSX.Element {
  const { t } = useTranslation('activity')
  const items: KeyValue[] = []
  if (pids.length > 0) items.push({ label: t('processes'), value: pids.join(', ') })
  if (error !== null) {
    const { title, hint, action } = errorText(error)
    items.push({ label: t('failure'), value: title })
    if (hint !== '' && stderr.length === 0) items.push({ label: t('why'), value: hint })
    items.push({ label: t('todo'), value: action })
  }
  return (
    <div className="flex flex-col gap-2 py-2">
      <KeyValues items={items} />
      {stderr.length > 0 && (
        <CodeBlock text={stderr.map(plainText).join('\n')} label={t('printed')} />
      )}
    </div>
  )
}
