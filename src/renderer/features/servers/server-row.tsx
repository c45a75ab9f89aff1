/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows of the grid are laid out by CSS and placed one by one, which the elements of a table do not allow */
import * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { ServerId } from '../../../shared/domain/ids.ts'
import type { ServerView } from '../../../shared/domain/server-view.ts'
import { go } from '../../app/route.ts'
import { useServer } from '../../host/servers.ts'
import { errorText } from '../../i18n/error-text.ts'
import { Button } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { formatNumber } from '../../ui/format.ts'
import { ServerSwitch } from '../../ui/server-switch.tsx'
import { StateGlyph } from '../../ui/state-glyph.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { rowElementId } from './list-view.ts'
import { LiveLook, useSay } from './live-look.tsx'
import { mendOf } from './mend.ts'
import { runMend, setEnabled } from './server-actions.ts'
import type { ServerLook } from './server-look.ts'
import { onlyMedium, onlyMiddle, onlyWide, rowColumns } from './table-columns.ts'
import { UsageCells } from './usage-cells.tsx'

/** What a row takes. */
interface ServerRowProps {
  readonly id: ServerId
  /** From 0, among the rows that are shown. */
  readonly index: number
  /** Its distance from the first row, in px. */
  readonly top: number
  /** Its pane is open. */
  readonly isOpen: boolean
  /** The Tab key reaches it. */
  readonly isActive: boolean
}

/** One server of the list. It follows its own server only. */
export const ServerRow = React.memo(function ServerRow({
  id,
  index,
  top,
  isOpen,
  isActive,
}: ServerRowProps): React.JSX.Element | null {
  const server = useServer(id)
  if (server === undefined) return null
  return (
    <LiveLook server={server}>
      {(look) => (
        // The keys of all rows are heard by the grid.
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
        <div
          role="row"
          id={rowElementId(id)}
          data-server={id}
          data-tone={look.tone}
          aria-rowindex={index + 2}
          aria-selected={isOpen}
          tabIndex={isActive ? 0 : -1}
          style={{ transform: `translateY(${top}px)` }}
          className={classNames(
            rowColumns,
            // What changes in a row stays in it: without this each change lays out the whole table anew.
            'absolute inset-x-0 top-0 h-(--h-row) contain-strict scroll-mt-(--h-head) text-ink-2 hover:bg-hover focus-visible:-outline-offset-2',
            'aria-selected:bg-selected aria-selected:before:absolute aria-selected:before:inset-y-0 aria-selected:before:left-0 aria-selected:before:w-0.5 aria-selected:before:bg-accent-solid',
          )}
          onClick={(event) => {
            // Where the button that mends was a moment ago, a second click must not open the row.
            const own = 'button, [data-own-clicks]'
            if (event.target instanceof Element && event.target.closest(own) !== null) return
            go({ page: 'servers', serverId: id, tab: 'overview' })
          }}
        >
          <NameCell server={server} look={look} />
          <StateCell look={look} />
          <div role="gridcell" className={classNames(onlyMedium, 't-12 text-ink-3')}>
            {server.definition.transport.type}
          </div>
          <div role="gridcell" className="text-right tabular-nums">
            {server.stats.counts === null ? (
              <span className="text-ink-3">–</span>
            ) : (
              formatNumber(server.stats.counts.tools)
            )}
          </div>
          <UsageCells id={id} />
          <div role="gridcell" className={classNames(onlyWide, 't-12 cut pl-3')}>
            <LastError server={server} look={look} />
          </div>
          <div
            role="gridcell"
            data-own-clicks
            className={classNames(onlyMedium, 'flex h-full items-center justify-end')}
          >
            <MendButton server={server} />
          </div>
          <div role="gridcell" className="flex justify-end">
            <ServerSwitch
              asked={server.definition.enabled}
              fact={look.fact}
              label={server.definition.name}
              tabIndex={-1}
              onChange={(enabled) => void setEnabled(id, enabled)}
            />
          </div>
        </div>
      )}
    </LiveLook>
  )
})

interface CellProps {
  readonly server: ServerView
  readonly look: ServerLook
}

function NameCell({ server, look }: CellProps): React.JSX.Element {
  const { t } = useTranslation('servers')
  const { name, project } = server.definition
  const folder = project?.split(/[\\/]/).findLast((part) => part !== '')
  return (
    <div role="rowheader" className="flex min-w-0 items-center gap-2">
      <StateGlyph name={look.glyph} left={look.left ?? undefined} />
      <span className="cut font-medium text-ink" title={name}>
        {name}
      </span>
      {project !== null && (
        <span className="t-12 cut text-ink-3" title={project}>
          {t('inProject', { project: folder ?? project })}
        </span>
      )}
    </div>
  )
}

function StateCell({ look }: Pick<CellProps, 'look'>): React.JSX.Element {
  const say = useSay()
  const why = look.error === null ? null : errorText(look.error).title
  const detail = look.detail === null ? null : say(look.detail)
  return (
    <div role="gridcell" className="flex min-w-0 items-center gap-2">
      <span
        className={classNames(
          'flex-none whitespace-nowrap tabular-nums',
          look.tone === 'ok' || look.tone === 'off' ? 'text-ink-2' : 'text-tone',
        )}
      >
        {say(look.word)}
      </span>
      {detail !== null && (
        <span className="cut text-ink-3 tabular-nums" title={detail}>
          {detail}
        </span>
      )}
      {why !== null && (
        <span className={classNames(onlyMiddle, 'cut text-ink-3')} title={why}>
          {why}
        </span>
      )}
    </div>
  )
}

/** The failure that holds now, or the last one where the server has come over it. */
function LastError({ server, look }: CellProps): React.JSX.Element | null {
  const last = server.stats.lastError
  if (look.error !== null) {
    const { title } = errorText(look.error)
    return <span title={title}>{title}</span>
  }
  if (last === null) return null
  const { title } = errorText(last.error)
  return (
    <span title={title} className="text-ink-3">
      <TimeAgo at={last.at} />
      {`: ${title}`}
    </span>
  )
}

function MendButton({ server }: { readonly server: ServerView }): React.JSX.Element | null {
  const { t } = useTranslation('servers')
  const mend = mendOf(server)
  if (mend === null) return null
  return (
    <Button
      size="sm"
      tabIndex={-1}
      aria-label={t('doTo.mend', { action: t(`mend.${mend}`), name: server.definition.name })}
      onClick={() => void runMend(server, mend)}
    >
      {t(`mend.${mend}`)}
    </Button>
  )
}
