/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a table cannot be drawn in part and laid out as a grid without losing its meaning: the roles say it. */
import * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { ServerId } from '../../../shared/domain/ids.ts'
import { useServers } from '../../host/servers.ts'
import { classNames } from '../../ui/class-names.ts'
import { ContextMenu } from '../../ui/context-menu.tsx'
import type { HitMap } from './hit-map.ts'
import { isGap } from './line-buffer.ts'
import type { LogFeed } from './log-feed.ts'
import './log-list.css'
import { type LogColumns, LogRowView } from './log-row.tsx'
import type { HitRange } from './mark-spans.ts'
import { RowDetail } from './row-detail.tsx'
import { rowHeight, totalHeight } from './row-layout.ts'
import type { Following } from './use-following.ts'
import { useListKeys } from './use-list-keys.ts'
import { useListScroll } from './use-list-scroll.ts'
import { useFeedState } from './use-log-feed.ts'
import { useRowMenu } from './use-row-menu.ts'

/** What another component can ask of a list. */
export interface LogListHandle {
  /** Brings a row into view and makes it the one that keys act on. */
  readonly reveal: (id: number) => void
  /** Pauses with the rows that are on the screen, until `follow`. */
  readonly hold: () => void
  readonly focus: () => void
}

/** What a list of log lines takes. */
export interface LogListProps {
  readonly feed: LogFeed
  readonly following: Following
  readonly columns: LogColumns
  /** What it is; read aloud. */
  readonly label: string
  readonly hits: HitMap | null
  readonly currentHit: number | null
  /** The literal text that is searched for; empty: none. */
  readonly search: string
  readonly ref?: React.Ref<LogListHandle>
}

const noRanges: readonly HitRange[] = []
/** Rows drawn beyond both ends of what is seen, so that a quick scroll finds them there. */
const overscan = 12

/**
 * The lines of a feed: only those on the screen are in the page. Stays at the end while it follows; scrolling up pauses,
 * loads older pages when it nears the oldest line, and nothing jumps. Arrow keys, Page Up and Down, Home and End move; Enter expands.
 */
export function LogList(props: LogListProps): React.JSX.Element {
  const { feed, following, columns, label, hits, currentHit, search, ref } = props
  const { t } = useTranslation('logs')
  const listId = React.useId()
  const state = useFeedState(feed)
  const servers = useServers((known) => known.byId)
  const [expanded, setExpanded] = React.useState<ReadonlyMap<number, number>>(new Map())
  const { firstId, endId } = state
  const layout = {
    firstId,
    endId,
    details: [...expanded].map(([id, height]) => ({ id, height })).toSorted((a, b) => a.id - b.id),
  }
  const headHeight = columns === 'full' ? 28 : 0
  const element = React.useRef<HTMLDivElement>(null)
  const focus = () => element.current?.focus()
  const scroll = useListScroll(element, {
    feed,
    following: { ...following, follow: following.reachEnd },
    layout,
    headHeight,
  })
  const setExpandedRow = (id: number, isOpen: boolean) => {
    following.pause()
    setExpanded((before) => {
      const next = new Map(before)
      if (isOpen) next.set(id, before.get(id) ?? 0)
      else next.delete(id)
      return next
    })
  }
  const [onHeight] = React.useState(() => (id: number, height: number) => {
    setExpanded((before) =>
      before.has(id) && before.get(id) !== height ? new Map(before).set(id, height) : before,
    )
  })
  const nameOf = (id: ServerId) => servers.get(id)?.definition.name ?? id
  const keys = useListKeys({
    feed,
    following,
    layout,
    scroll,
    focus,
    expanded,
    setExpandedRow,
    nameOf,
  })
  const awaited = React.useRef<number | null>(null)
  React.useLayoutEffect(() => {
    const id = awaited.current
    if (id === null || id < firstId || id >= endId) return
    awaited.current = null
    keys.reveal(id)
  })
  React.useImperativeHandle(ref, () => ({
    reveal: (id) => {
      if (id >= firstId && id < endId) keys.reveal(id)
      // It was loaded just now, and is drawn with the next frame.
      else awaited.current = id
    },
    hold: () => {
      scroll.show(scroll.lastShown, 'near')
      following.hold()
    },
    focus,
  }))

  const menu = useRowMenu(keys)

  const start = Math.max(firstId, scroll.firstShown - overscan)
  const end = Math.min(endId, scroll.lastShown + 1 + overscan)
  const drawn = Array.from({ length: Math.max(0, end - start) }, (_, index) => start + index)
  const isActiveShown = keys.active !== null && keys.active >= start && keys.active < end
  return (
    <ContextMenu entries={menu.entries}>
      <div
        ref={element}
        role="treegrid"
        aria-label={label}
        aria-rowcount={endId - firstId + (headHeight > 0 ? 1 : 0)}
        aria-multiselectable
        aria-activedescendant={isActiveShown ? `${listId}-${keys.active}` : undefined}
        // One stop for Tab: what moves inside are arrow keys.
        tabIndex={0}
        className="log-list scroll relative flex-1"
        onScroll={scroll.onScroll}
        onWheel={scroll.onWheel}
        onKeyDown={keys.onKeyDown}
        onClick={keys.onClick}
        onDoubleClick={keys.onDoubleClick}
        onContextMenuCapture={menu.onContextMenuCapture}
      >
        {columns === 'full' && (
          <div role="rowgroup" className="sticky top-0 z-1 bg-bg">
            <div
              role="row"
              aria-rowindex={1}
              className="log-row h-7! border-b border-line text-ink-2 [font:var(--t-12)]!"
            >
              <span role="columnheader" className="font-medium">
                {t('column.time')}
              </span>
              <span role="columnheader" className="pl-4 font-medium">
                <span className="log-word">{t('column.level')}</span>
              </span>
              <span role="columnheader" className="log-server font-medium">
                {t('column.server')}
              </span>
              <span role="columnheader" className="log-kind font-medium">
                {t('column.kind')}
              </span>
              <span role="columnheader" className="font-medium">
                {t('column.message')}
              </span>
            </div>
          </div>
        )}
        <div
          role="rowgroup"
          className={classNames('relative', totalHeight(layout) === 0 && 'hidden')}
          style={{ height: totalHeight(layout), minHeight: rowHeight }}
        >
          <div
            role="presentation"
            className="absolute inset-x-0 top-0"
            style={{ transform: `translateY(${scroll.topOf(start)}px)` }}
          >
            {drawn.map((id) => {
              const row = feed.lines.get(id)
              // Rows may have made room since this frame's state was taken.
              if (row === undefined) return null
              const isExpanded = expanded.has(id) && !isGap(row)
              const ranges = hits?.rangesOf(id) ?? noRanges
              const serverName = isGap(row) ? '' : nameOf(row.serverId)
              return (
                <React.Fragment key={id}>
                  <LogRowView
                    row={row}
                    id={id}
                    elementId={`${listId}-${id}`}
                    index={id - firstId + (headHeight > 0 ? 2 : 1)}
                    columns={columns}
                    serverName={serverName}
                    isActive={keys.active === id}
                    isSelected={keys.isSelected(id)}
                    isExpanded={isExpanded}
                    ranges={ranges}
                    isCurrentHit={currentHit === id}
                  />
                  {isExpanded && (
                    <RowDetail
                      feed={feed}
                      id={id}
                      line={row}
                      serverName={serverName}
                      ranges={ranges}
                      search={search}
                      onClose={() => {
                        setExpandedRow(id, false)
                        focus()
                      }}
                      onHeight={onHeight}
                    />
                  )}
                </React.Fragment>
              )
            })}
          </div>
        </div>
      </div>
    </ContextMenu>
  )
}
