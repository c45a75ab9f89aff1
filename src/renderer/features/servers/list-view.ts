import { create } from 'zustand'
import type { ServerId } from '../../../shared/domain/ids.ts'
import { byName, type ServerSegment, type ServerSort } from './list-servers.ts'

/** How a person looks at the list. It lasts as long as the page, so that coming back from a form finds it as it was. */
interface ListView {
  readonly text: string
  readonly segment: ServerSegment
  readonly sort: ServerSort
  /** The row that the Tab key reaches; null: the first one. */
  readonly activeId: ServerId | null
  /** The row that has the focus, or holds what has it. */
  readonly focusedId: ServerId | null
}

/** How a person looks at the list, live. */
export const useListView = create<ListView>(() => ({
  text: '',
  segment: 'all',
  sort: byName,
  activeId: null,
  focusedId: null,
}))

/** The id of a row's element. */
export function rowElementId(id: ServerId): string {
  return `row-${id}`
}

/** Puts the focus on a server's row, where it is shown. */
export function focusRow(id: ServerId): void {
  document.getElementById(rowElementId(id))?.focus()
}
