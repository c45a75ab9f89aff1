import * as React from 'react'
import { useTranslation } from 'react-i18next'
import type { ServerId } from '../../../shared/domain/ids.ts'
import { assertNever } from '../../../shared/lib/assert-never.ts'
import { plainText } from '../../../shared/lib/plain-text.ts'
import { copyText } from './copy-text.ts'
import { isGap } from './line-buffer.ts'
import { lineText } from './line-text.ts'
import { actionOf } from './list-keys.ts'
import type { LogFeed } from './log-feed.ts'
import type { RowLayout } from './row-layout.ts'
import type { Following } from './use-following.ts'
import type { ListScroll } from './use-list-scroll.ts'

/** Which row keys act on, which rows are selected, and what keys and clicks do. */
export interface ListKeys {
  readonly active: number | null
  readonly isSelected: (id: number) => boolean
  readonly reveal: (id: number) => void
  readonly onKeyDown: (event: React.KeyboardEvent) => void
  readonly onClick: (event: React.MouseEvent) => void
  readonly onDoubleClick: (event: React.MouseEvent) => void
  /** Makes a row the selected one, unless it is among those that are. */
  readonly select: (id: number) => void
  /** Copies the selected rows: as lines with their time and server, or only what they say. */
  readonly copy: (what: 'line' | 'message') => void
}

/** Moves through a list by keys, and by clicks on its rows (`data-row`). */
export function useListKeys(options: {
  readonly feed: LogFeed
  readonly following: Following
  readonly layout: RowLayout
  readonly scroll: ListScroll
  /** Gives the list the focus. */
  readonly focus: () => void
  readonly expanded: ReadonlyMap<number, number>
  readonly setExpandedRow: (id: number, isOpen: boolean) => void
  readonly nameOf: (id: ServerId) => string
}): ListKeys {
  const { feed, following, layout, scroll, expanded, setExpandedRow, nameOf } = options
  const { t } = useTranslation('logs')
  const [selection, setSelection] = React.useState<{
    readonly active: number
    readonly from: number
  } | null>(null)
  const isHeld = selection !== null && selection.active >= layout.firstId
  const active = isHeld ? selection.active : null
  const first = isHeld ? Math.min(selection.active, selection.from) : 0
  const last = isHeld ? Math.max(selection.active, selection.from) : -1

  const moveTo = (id: number, extend: boolean, where: 'near' | 'middle') => {
    following.pause()
    setSelection((before) => ({ active: id, from: extend && before !== null ? before.from : id }))
    scroll.show(id, where)
  }
  const copy = (what: 'line' | 'message') => {
    const texts: string[] = []
    for (let id = Math.max(first, layout.firstId); id <= last; id += 1) {
      const row = feed.lines.get(id)
      if (row === undefined || isGap(row)) continue
      texts.push(what === 'line' ? lineText(row, nameOf(row.serverId)) : plainText(row.text))
    }
    copyText(texts.join('\n'), t('copied', { count: texts.length }), t('copyFailed'))
  }
  const isSelected = (id: number) => id >= first && id <= last
  return {
    active,
    isSelected,
    select: (id) => {
      if (!isSelected(id)) moveTo(id, false, 'near')
    },
    copy,
    reveal: (id) => moveTo(id, false, 'middle'),
    onKeyDown: (event) => {
      // Keys of what stands inside, such as the buttons of a detail, are their own; Escape leads back here.
      const isInside = event.target !== event.currentTarget
      if (isInside && event.key !== 'Escape') return
      const action = actionOf(event, {
        active,
        lastShown: Math.max(scroll.firstShown, scroll.lastShown - 1),
        firstId: layout.firstId,
        endId: layout.endId,
        page: scroll.page,
      })
      if (action === null) return
      if (action.type === 'copy' && window.getSelection()?.isCollapsed === false) return
      event.preventDefault()
      switch (action.type) {
        case 'move':
          moveTo(action.to, action.extends, 'near')
          break
        case 'follow':
          setSelection(null)
          if (feed.filter.untilAt === null) following.follow()
          else moveTo(layout.endId - 1, false, 'near')
          break
        case 'copy':
          copy('line')
          break
        case 'expand':
        case 'collapse':
        case 'toggle':
          if (isInside) options.focus()
          if (active === null) break
          if (action.type === 'collapse' && !expanded.has(active)) setSelection(null)
          else {
            const isOpen =
              action.type === 'toggle' ? !expanded.has(active) : action.type === 'expand'
            setExpandedRow(active, isOpen)
          }
          break
        default:
          assertNever(action)
      }
    },
    onClick: (event) => {
      const id = rowOf(event.target)
      // A click that ends a selection of text is none, and the second one of a double click does nothing of its own.
      if (id === null || event.detail > 1 || window.getSelection()?.isCollapsed === false) return
      moveTo(id, event.shiftKey, 'near')
      const row = feed.lines.get(id)
      const isMessage = row !== undefined && !isGap(row) && row.protocol !== null
      if (isMessage && !event.shiftKey) setExpandedRow(id, !expanded.has(id))
    },
    onDoubleClick: (event) => {
      const id = rowOf(event.target)
      const row = id === null ? undefined : feed.lines.get(id)
      if (id === null || row === undefined || isGap(row) || row.protocol !== null) return
      window.getSelection()?.removeAllRanges()
      setExpandedRow(id, !expanded.has(id))
    },
  }
}

/** The row that an element is, or is in; null for none. */
export function rowOf(target: EventTarget): number | null {
  const row =
    target instanceof Element ? target.closest('[data-row]')?.getAttribute('data-row') : null
  return row === null || row === undefined ? null : Number(row)
}
