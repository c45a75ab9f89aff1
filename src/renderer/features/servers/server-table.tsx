/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows of the grid are laid out by CSS and placed one by one, which the elements of a table do not allow */
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import * as React from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import type { ServerId } from '../../../shared/domain/ids.ts'
import { go } from '../../app/route.ts'
import { useServer, useServers } from '../../host/servers.ts'
import { ContextMenu } from '../../ui/context-menu.tsx'
import type { ServerSort } from './list-servers.ts'
import { focusRow, useListView } from './list-view.ts'
import { moveRow } from './move-row.ts'
import { setEnabled } from './server-actions.ts'
import { serverMenu } from './server-menu.ts'
import { ServerRow } from './server-row.tsx'
import { TableHead } from './table-head.tsx'

/** The height of a row, in px (`--h-row`). */
const rowHeight = 32
/** Up to so many rows are all there, for the browser's own search; of more, only those near to what is seen. */
const allRows = 60

/** What the table takes. */
interface ServerTableProps {
  /** The rows, in order; at least one. */
  readonly ids: readonly ServerId[]
  /** The server whose pane is open. */
  readonly openId: ServerId | null
  readonly sort: ServerSort
}

/** The list of servers. Arrow keys move between rows and into their buttons, Enter opens, Space switches. */
export function ServerTable({ ids, openId, sort }: ServerTableProps): React.JSX.Element {
  // The virtualizer is an object that changes in place, which the compiler does not see.
  'use no memo'
  const { t } = useTranslation('servers')
  const scroller = React.useRef<HTMLDivElement>(null)
  const wantedActive = useListView((state) => state.activeId)
  const [menuId, setMenuId] = React.useState<ServerId | null>(null)
  const menuServer = useServer(menuId)
  const lastIndex = React.useRef(0)
  const found = wantedActive === null ? -1 : ids.indexOf(wantedActive)
  const activeIndex = found >= 0 ? found : Math.min(lastIndex.current, ids.length - 1)
  const activeId = ids[activeIndex]
  // oxlint-disable-next-line react/incompatible-library -- not compiled, see above
  const virtualizer = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: ids.length <= allRows ? allRows : 12,
    paddingStart: 4,
    paddingEnd: 4,
    getItemKey: (index) => ids[index] ?? index,
    // The row that the keyboard is on is always there, wherever the wheel went.
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), activeIndex])].toSorted((a, b) => a - b),
  })

  const hasFocus = React.useRef(false)
  React.useEffect(() => {
    lastIndex.current = activeIndex
    // Its row went away under the focus: the next one takes it, so that the keyboard is not lost.
    if (hasFocus.current && document.activeElement === document.body && activeId !== undefined) {
      focusRow(activeId)
    }
  }, [activeIndex, activeId])

  const onKeyDown = (event: React.KeyboardEvent<HTMLDivElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey || activeId === undefined) return
    const isOnRow = event.target instanceof Element && event.target.role === 'row'
    if (isOnRow && event.key === 'Enter') {
      event.preventDefault()
      go({ page: 'servers', serverId: activeId, tab: 'overview' })
      return
    }
    if (isOnRow && event.key === ' ') {
      event.preventDefault()
      const server = useServers.getState().byId.get(activeId)
      if (server !== undefined) void setEnabled(activeId, !server.definition.enabled)
      return
    }
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      event.preventDefault()
      moveInRow(event.target, event.key === 'ArrowRight' ? 1 : -1)
      return
    }
    const pageRows = Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1
    const next = moveRow(event.key, activeIndex, ids.length, pageRows)
    const nextId = next === null ? undefined : ids[next]
    if (nextId === undefined) return
    event.preventDefault()
    // Far rows are not there until they are active: it is drawn before it is focused.
    flushSync(() => useListView.setState({ activeId: nextId }))
    focusRow(nextId)
  }

  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={t('title')}
      aria-rowcount={ids.length + 1}
      tabIndex={-1}
      className="scroll @container/table min-w-0 flex-1"
      onKeyDown={onKeyDown}
      onContextMenuCapture={(event) => {
        const id = serverIdOf(event.target, ids)
        // Between rows there is nothing to act on.
        if (id === null) event.stopPropagation()
        else setMenuId(id)
      }}
      onFocus={(event) => {
        hasFocus.current = true
        const id = serverIdOf(event.target, ids)
        useListView.setState(id === null ? { focusedId: null } : { activeId: id, focusedId: id })
      }}
      onBlur={(event) => {
        if (event.currentTarget.contains(event.relatedTarget)) return
        // Without a new place the focused row itself may have gone.
        if (event.relatedTarget !== null) hasFocus.current = false
        useListView.setState({ focusedId: null })
      }}
    >
      <TableHead sort={sort} />
      <ContextMenu entries={menuServer === undefined ? [] : serverMenu(menuServer, t, true)}>
        <div role="rowgroup" className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const id = ids[index]
            if (id === undefined) return null
            return (
              <ServerRow
                key={id}
                id={id}
                index={index}
                top={start}
                isOpen={id === openId}
                isActive={id === activeId}
              />
            )
          })}
        </div>
      </ContextMenu>
    </div>
  )
}

/** The server of the row that an element is, or is in. */
function serverIdOf(target: EventTarget, ids: readonly ServerId[]): ServerId | null {
  if (!(target instanceof Element)) return null
  const text = target.closest('[data-server]')?.getAttribute('data-server')
  return ids.find((id) => id === text) ?? null
}

/** Moves the focus between a row and the buttons in it that are shown. */
function moveInRow(target: EventTarget, by: 1 | -1): void {
  if (!(target instanceof HTMLElement)) return
  const row = target.closest<HTMLElement>('[data-server]')
  if (row === null) return
  const buttons = [...row.querySelectorAll('button')].filter((one) => one.checkVisibility())
  const stops = [row, ...buttons]
  stops[stops.indexOf(target) + by]?.focus()
}
